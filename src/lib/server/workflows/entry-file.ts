/** The file of what was entered: a page's act is the ordinary import of it, so that it can be traced and undone like any. */
import type { Actor } from '../../basis/codes.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import { fieldLabel, type Kind, secondPerson } from '../../intake/kinds/declare.ts';
import type { Evidence } from '../../reports/entries.ts';
import type { StatedFile } from './decision-import.ts';
import { keepBytes } from './keep-evidence.ts';
import { statedCsv } from './restate-rows.ts';

/** A row to be stated: its cells by field, what proves it, and what its kind has no field for. */
export interface StatedEntry {
	readonly kind: string;
	readonly cells: Readonly<Record<string, string | null>>;
	readonly evidence: Evidence | null;
	readonly enteredBy: string;
	/** ISO. */
	readonly enteredAt: string;
	readonly confirmedBy: string | null;
	/** Why, of a row that is withdrawn. */
	readonly why: string | null;
}

/** Columns beside the fields of a fact: they change none and stand in the file alone, or check its rows as 复核人 does. */
const further: readonly (readonly [string, (row: StatedEntry) => string | null])[] = [
	['录入人', ({ enteredBy }) => enteredBy],
	['录入时间', ({ enteredAt }) => enteredAt],
	[fieldLabel(secondPerson).zh, ({ confirmedBy }) => confirmedBy],
	['撤回原因', ({ why }) => why],
	['佐证材料', ({ evidence }) => evidence?.name ?? null],
	['佐证材料 SHA-256', ({ evidence }) => evidence?.sha256 ?? null]
];

/**
 * One file for each kind among the rows, in their order. They are kept in the home beside the evidence, under the hash
 * that their source has: what was typed has no other original.
 */
export function entryFiles(
	home: string,
	entries: readonly StatedEntry[],
	{ act, period, now }: { readonly act: string; readonly period: string; readonly now: string },
	actor: Actor
): StatedFile[] {
	return [...Map.groupBy(entries, ({ kind }) => kind)].map(([name, own]) => {
		const kind = kindNamed(name) as Kind;
		const fields = kind.fields.filter(({ onlyChecks }) => onlyChecks !== true);
		const header = [
			...fields.map((field) => fieldLabel(field).zh),
			...further.map(([title]) => title),
			'操作账户',
			'办理时间'
		];
		const rows = own.map((row) => [
			...fields.map((field) => row.cells[field.name] ?? null),
			...further.map(([, cellOf]) => cellOf(row)),
			actor.name,
			now
		]);
		const bytes = Buffer.from(statedCsv([header, ...rows]));
		keepBytes(home, bytes);
		return { kind, file: { name: `${act}-${kind.label.zh}-${period}.csv`, bytes: () => Promise.resolve(bytes) } };
	});
}
