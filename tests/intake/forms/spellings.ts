/** The ways in which offices spell headers and values. */
import fc from 'fast-check';
import { inLocale } from '#lib/basis/codes.ts';
import type { Field } from '#lib/intake/kinds/declare.ts';
import { domainNames } from './domains.ts';
import { townships, type Value } from './facts.ts';

const wide = (text: string): string =>
	text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

/** A header in one of its spellings, with white space, width and case as they come. */
export const anyHeader = (field: Field, ascii: boolean): fc.Arbitrary<string> => {
	const spellings = [...(ascii ? [] : field.headers), field.name].filter((header) => header !== '序号');
	return fc
		.tuple(fc.constantFrom(...spellings), fc.constantFrom('as it is', 'spaced', 'wide', 'upper', 'framed'), fc.nat(20))
		.map(([header, form, at]) => {
			const place = 1 + (at % Math.max(1, header.length - 1));
			if (form === 'spaced') return `${header.slice(0, place)} ${header.slice(place)}`;
			if (form === 'wide' && !ascii) return wide(header);
			if (form === 'upper') return header.toUpperCase();
			if (form === 'framed') return ` ${header} `;
			return header;
		});
};

const dateForms = ['iso', 'slash', 'dot', 'compact', 'chinese', 'timed', 'long'] as const;
export type DateForm = (typeof dateForms)[number];
export const anyDateForm = (ascii: boolean): fc.Arbitrary<DateForm> =>
	fc.constantFrom(...dateForms.filter((form) => !ascii || form !== 'chinese'));

/** A day as an export writes it. */
function dayText(iso: string, form: DateForm): string {
	const [year = '', month = '', day = ''] = iso.split('-');
	switch (form) {
		case 'iso':
			return iso;
		case 'slash':
			return `${year}/${Number(month)}/${Number(day)}`;
		case 'dot':
			return `${year}.${Number(month)}.${Number(day)}`;
		case 'compact':
			return `${year}${month}${day}`;
		case 'chinese':
			return `${year}年${Number(month)}月${Number(day)}日`;
		case 'timed':
			return `${iso} 08:30:00`;
		case 'long':
			return `${year}/${month}/${day} 8:05`;
	}
}

/** A canonical value as an export writes it; `pick` chooses among its spellings. */
export function spelled(field: Field, value: Value, form: DateForm, pick: number, ascii: boolean): string | null {
	if (value === null) return null;
	const choose = (...ways: readonly string[]): string => ways[pick % ways.length] as string;
	switch (field.type) {
		case 'date':
			return dayText(value, form);
		case 'boolean':
			return value === 'true'
				? ascii
					? choose('Y', '1', 'true')
					: choose('是', '有', 'Y', '1', '√')
				: ascii
					? choose('N', '0')
					: choose('否', '无', 'N', '0');
		case 'choice': {
			const words = field.choices[value] ?? [];
			return ascii ? value : choose(...words, value);
		}
		case 'township': {
			const own = townships.find(({ code }) => code === value);
			if (!own || ascii) return value;
			return choose(own.name, own.institution, value, own.name.replace(/镇|街道/u, ''), `${own.name}人民政府`);
		}
		case 'domain':
			return ascii ? value : choose(...domainNames(value, inLocale), value);
		case 'money':
			return `${BigInt(value) / 100n}.${String(BigInt(value) % 100n).padStart(2, '0')}`;
		case 'covers':
			return !ascii && value.includes('Q') ? choose(value, value.replace('Q', '年第').replace(/$/, '季度')) : value;
		default:
			return value;
	}
}
