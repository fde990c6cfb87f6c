/** What a form of marks has typed: the rows that say something new, and everything as it was typed for the form again. */
import { parseJsonEvidence } from '#lib/components/marks/kept.ts';
import type { Evidence } from '#lib/reports/entries.ts';
import { entryKinds } from '#lib/scoring/enterable.ts';
import { type Typed, typedFields } from '#lib/server/workflows/check-entries.ts';
import { keepEvidence, keptEvidence } from '#lib/server/workflows/keep-evidence.ts';
import { Problem } from '#lib/basis/problem.ts';
import { textIn } from '../data/asking.ts';

/** A form as it was filled in. */
export interface FilledIn {
	readonly typed: readonly Typed[];
	/** Texts by the names of their fields in the form. */
	readonly values: Readonly<Record<string, string>>;
	/** Files by the township, kept already: a browser does not send the same file again by itself. */
	readonly kept: Readonly<Record<string, Evidence>>;
	/** Files that were refused, by the township. */
	readonly refused: Readonly<Record<string, Problem>>;
}

/** The file of a row: one that is sent now, else the one that an earlier try has sent. */
async function evidenceIn(form: FormData, home: string, code: string): Promise<Evidence | null> {
	const sent = form.get(`file.${code}`);
	if (sent instanceof File && sent.size > 0)
		return keepEvidence(home, { name: sent.name, bytes: async () => new Uint8Array(await sent.arrayBuffer()) });
	const before = parseJsonEvidence(textIn(form, `kept.${code}`));
	return before && keptEvidence(home, before);
}

/** Reads the form of an item. A row that stands as the page showed it, and brings no file, says nothing new. */
export async function readTyped(form: FormData, home: string): Promise<FilledIn> {
	const [kindText = '', ...keyParts] = textIn(form, 'item').split('.');
	const key = keyParts.join('.');
	const kind = entryKinds.find((one) => one === kindText);
	if (!kind) throw new Problem('entry_none');
	const values: Record<string, string> = { by: textIn(form, 'by') };
	const kept: Record<string, Evidence> = {};
	const refused: Record<string, Problem> = {};
	const typed: Typed[] = [];
	const fields = typedFields(kind);
	for (const { name, type } of fields) if (type === 'date') values[name] = textIn(form, name);
	for (const code of form.getAll('row')) {
		if (typeof code !== 'string') continue;
		const cells: Record<string, string> = {};
		let changed = false;
		for (const { name, type } of fields) {
			const cell = type === 'date' ? (values[name] ?? '') : textIn(form, `${name}.${code}`);
			cells[name] = cell;
			if (type === 'date') continue;
			values[`${name}.${code}`] = cell;
			if (cell.trim() !== textIn(form, `was.${name}.${code}`)) changed = true;
		}
		let evidence: Evidence | null = null;
		try {
			evidence = await evidenceIn(form, home, code);
		} catch (problem) {
			if (!(problem instanceof Problem)) throw problem;
			refused[code] = problem;
		}
		if (evidence) kept[code] = evidence;
		if (changed || evidence || refused[code]) typed.push({ kind, key, township: code, cells, evidence });
	}
	return { typed, values, kept, refused };
}
