/** The words of the on-site sheet. They are Chinese, as the offices are that fill it in and the headers of an import. */
import { inLocale } from '../basis/codes.ts';
import { toExact } from '../basis/fraction.ts';
import type { Kind } from '../intake/kinds/declare.ts';
import { kindNamed } from '../intake/kinds/index.ts';
import * as m from '../paraglide/messages.js';
import type { OnsiteBlock, OnsiteColumn, OnsiteRow, OnsiteTable } from '../reports/onsite-sheet.ts';
import { type Enterable, isFor, pointsFor } from '../scoring/enterable.ts';
import type { ScoredUnit } from '../scoring/score.ts';
import { criteriaWords } from './criteria-words.ts';
import { periodName } from './period-name.ts';

const zh = { locale: 'zh' } as const;

export interface OnsiteFrame {
	/** What people mark or deduct from; others are left out. */
	readonly items: readonly Enterable[];
	readonly units: readonly ScoredUnit[];
	/** The id of the period, as the import reads it. */
	readonly period: string;
	readonly scheme: string;
	/** Whether somebody else confirms what one person found. */
	readonly secondPerson: boolean;
	/** What tells the lines of this sheet from those of every other, as the time when it was made. */
	readonly mark: string;
}

/** Blank lines for each indicator that is deducted from: what is found at one visit. */
const linesEach = 3;

type Make = (item: Enterable, unit: ScoredUnit, line: number) => string;

/** A column: the header of a field of its kind, or words of the sheet's own, and what is printed in it. */
interface Made extends Omit<OnsiteColumn, 'header'> {
	readonly field?: string;
	readonly words?: () => string;
	readonly make: Make;
}

const blank: Make = () => '';

/** What both tables begin with, after the id where there is one. */
const printed = ({ units, period }: OnsiteFrame): readonly Made[] => {
	const names = Map.groupBy(units, ({ name }) => name);
	return [
		{
			field: 'township',
			width: 12,
			cell: 'printed',
			// A name that two townships have says neither.
			make: (_, { name, code }) => ((names.get(name)?.length ?? 0) > 1 ? code : name)
		},
		{ field: 'period', width: 10, cell: 'printed', make: () => period },
		{ field: 'indicator', width: 14, cell: 'printed', make: ({ key }) => key },
		{ words: () => m.onsite_content({}, zh), width: 18, cell: 'printed', make: ({ name }) => inLocale(name, 'zh') },
		{
			field: 'full_points',
			width: 8,
			cell: 'printed',
			make: (item, unit) => mostOf(item, unit) ?? ''
		},
		{
			words: () => m.onsite_criteria({}, zh),
			width: 34,
			cell: 'printed',
			make: (item, unit) => criteriaWords(item, mostOf(item, unit), 'zh')
		}
	];
};

function mostOf(item: Enterable, unit: ScoredUnit): string | null {
	const points = pointsFor(item, unit);
	return points && toExact(points);
}

/** The tables of a sheet, marks first; those of which the scheme asks nothing are left out. */
export function onsiteTables(frame: OnsiteFrame): OnsiteTable[] {
	const persons: readonly Made[] = (frame.secondPerson ? ['by', 'confirmed_by'] : ['by']).map((field) => ({
		field,
		width: 12,
		cell: 'words',
		make: blank
	}));
	const marks: readonly Made[] = [
		...printed(frame),
		{ field: 'points', width: 9, cell: 'points', make: blank },
		{ field: 'reason', width: 30, cell: 'words', make: blank },
		...persons
	];
	const deductions: readonly Made[] = [
		{ field: 'id', width: 20, cell: 'printed', make: (_, __, line) => `现场-${frame.mark}-${line}` },
		...printed(frame),
		{ field: 'item', width: 16, cell: 'words', make: blank },
		{ field: 'on', width: 12, cell: 'day', make: blank },
		{ field: 'minus', width: 8, cell: 'points', make: blank },
		{ field: 'reason', width: 26, cell: 'words', make: blank },
		...persons
	];
	return [tableOf('mark', marks, 1, frame), tableOf('deduction', deductions, linesEach, frame)].filter(
		({ blocks }) => blocks.length > 0
	);
}

function tableOf(name: 'mark' | 'deduction', columns: readonly Made[], lines: number, frame: OnsiteFrame): OnsiteTable {
	const kind = kindNamed(name) as Kind;
	const items = frame.items.filter((item) => item.kind === name);
	const headerOf = ({ field, words }: Made): string =>
		words?.() ?? kind.fields.find((one) => one.name === field)?.headers[0] ?? '';
	let line = 0;
	const blocks = frame.units.flatMap((unit): OnsiteBlock[] => {
		const own = items.filter((item) => isFor(item, unit));
		const rows = own.flatMap((item) =>
			Array.from({ length: lines }, (): OnsiteRow => {
				line++;
				return { cells: columns.map(({ make }) => make(item, unit, line)), most: mostOf(item, unit) };
			})
		);
		const about = m.onsite_about(
			{ township: unit.name, period: periodName(frame.period, 'zh'), scheme: frame.scheme },
			zh
		);
		return rows.length === 0 ? [] : [{ code: unit.code, about, rows }];
	});
	return {
		name: kind.label.zh,
		title: m.onsite_title({}, zh),
		hint: m.onsite_hint({}, zh),
		columns: columns.map((column) => ({ header: headerOf(column), width: column.width, cell: column.cell })),
		blocks,
		signatures: [m.onsite_sign_checker({}, zh), m.onsite_sign_unit({}, zh)]
	};
}
