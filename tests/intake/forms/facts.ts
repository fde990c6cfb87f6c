/** Facts of chance, as a table of canonical values: what every form of a file must read back as. */
import fc from 'fast-check';
import type { Field, Kind } from '#lib/intake/kinds/declare.ts';
import { kinds } from '#lib/intake/kinds/index.ts';

/** A canonical value: ISO day, whole or decimal number as text, `true`, a key, a text; null where nothing stands. */
export type Value = string | null;

export interface Facts {
	readonly kind: Kind;
	/** The fields that the table has, in the order of the kind. */
	readonly fields: readonly Field[];
	readonly rows: readonly Readonly<Record<string, Value>>[];
}

/** Townships and premises that the home has: code and name; id and township. */
export const townships = [
	{ code: '320411100', name: '三井街道', institution: '三井社区卫生服务中心' },
	{ code: '320411105', name: '孟河镇', institution: '孟河中心卫生院' }
] as const;
export const subjects = ['S1', 'S2', 'S3'] as const;

/** A finding stands on a patrol and a township on its code; every other kind can stand alone. */
const kindsAlone = kinds.filter(({ name }) => !['township', 'finding', 'subject'].includes(name));

/** Characters that GB 2312, Big5, BIFF and ASCII all have, with those that the forms of files treat in a special way. */
const characters = [...'中文大小人口出入日月水火山石田土木本公共生活文字主要aBz09 ,;|\t"\'\\<>&=-+()%#@'];
const asciiOnly = [...'aBz09 ,;|"\'\\<>&=-+()%#@.'];

/**
 * Words that are no other value than a text. A text that spells an entity of XML itself (`&#0;`) is left out: SheetJS
 * undoes the entities of Excel's XML of 2003 twice.
 */
const isPlainText = (text: string): boolean =>
	text.trim() === text && text !== '' && !/^[0-9.,]+E\+[0-9]+$/.test(text) && !/\\$|&#/.test(text);

const texts = (chars: readonly string[]): fc.Arbitrary<string> =>
	fc.string({ unit: fc.constantFrom(...chars), minLength: 1, maxLength: 12 }).filter(isPlainText);

const days = fc.integer({ min: 0, max: 9_600 }).map((n) => {
	const day = new Date(Date.UTC(2000, 0, 1) + n * 86_400_000);
	return day.toISOString().slice(0, 10);
});

function valueOf(field: Field, row: number, chars: readonly string[]): fc.Arbitrary<string> {
	switch (field.type) {
		case 'text':
			return field.name === 'id' || field.name === 'code'
				? texts(chars.filter((char) => char !== ' ')).map((text) => `k${row}${text}`)
				: field.name === 'indicator' || field.name === 'key'
					? texts(chars).map((text) => `${text}${row}`)
					: texts(chars);
		case 'date':
			return days;
		case 'count':
			return fc.integer({ min: 0, max: 100_000 }).map(String);
		case 'decimal':
			return fc
				.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 99 }))
				.map(([whole, part]) => `${whole}.${String(part).padStart(2, '0')}`);
		case 'money':
			return fc.integer({ min: 0, max: 10_000_000 }).map(String);
		case 'boolean':
			return fc.constantFrom('true', 'false');
		case 'choice':
			return fc.constantFrom(...Object.keys(field.choices));
		case 'township':
			return fc.constantFrom(...townships.map(({ code }) => code));
		case 'domain':
			return fc.constantFrom('food_safety', 'drinking_water', 'public_places', 'school_health');
		case 'period':
			return fc.constantFrom('2025Q1', '2025Q2', '2024H1', '2025');
		case 'covers':
			return fc.constantFrom('2025-03', '2025-11', '2024Q4', '2025Q1');
		case 'flag':
			return fc.constant('1');
	}
}

/** Facts of one kind with up to eight rows, whose keys differ. */
export const anyFacts = ({ ascii, backslash }: { ascii: boolean; backslash: boolean }): fc.Arbitrary<Facts> =>
	fc.constantFrom(...kindsAlone).chain((kind) => {
		// What only checks a row is no fact, and would hold one of any two numbers.
		const optional = kind.fields.filter(
			({ required, name, onlyChecks }) => !required && name !== 'subject' && onlyChecks !== true
		);
		const chars = (ascii ? asciiOnly : characters).filter((char) => backslash || char !== '\\');
		return fc.tuple(fc.subarray(optional), fc.integer({ min: 1, max: 8 })).chain(([chosen, count]) => {
			const fields = kind.fields.filter((field) => field.required || chosen.includes(field));
			const row = (index: number): fc.Arbitrary<Record<string, Value>> =>
				fc.record(
					Object.fromEntries(
						fields.map((field) => [
							field.name,
							field.required || field.type === 'flag'
								? valueOf(field, index, chars)
								: fc.option(valueOf(field, index, chars), { nil: null, freq: 4 })
						])
					)
				);
			return fc.tuple(...Array.from({ length: count }, (_, index) => row(index))).map((rows) => ({
				kind,
				fields,
				rows: rows.filter((one, i) => rows.findIndex((other) => keyOf(kind, other) === keyOf(kind, one)) === i)
			}));
		});
	});

const keyOf = (kind: Kind, row: Readonly<Record<string, Value>>): string =>
	[row['township'], ...kind.key.map((name) => row[name])].join('\u001f');
