/** The file of what was entered: a page's act is the ordinary import of it, so that it can be traced and undone like any. */
import type { Actor } from '../../basis/codes.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
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

/** Columns beside those of the kind; no kind knows them, so they change no fact and stand in the file alone. */
const further = ['录入人', '录入时间', '复核人', '撤回原因', '佐证材料', '佐证材料 SHA-256', '操作账户', '办理时间'];

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
		const rows = own.map(({ cells, evidence, enteredBy, enteredAt, confirmedBy, why }) => [
			...kind.fields.map((field) => cells[field.name] ?? null),
			...[enteredBy, enteredAt, confirmedBy, why, evidence?.name ?? null, evidence?.sha256 ?? null, actor.name, now]
		]);
		const header = [...kind.fields.map(({ headers, name: key }) => headers[0] ?? key), ...further];
		const bytes = Buffer.from(statedCsv([header, ...rows]));
		keepBytes(home, bytes);
		return { kind, file: { name: `${act}-${kind.label.zh}-${period}.csv`, bytes: () => Promise.resolve(bytes) } };
	});
}
