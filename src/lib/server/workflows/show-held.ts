/** 暂存: the rows that wait for the clerk, a page at a time, and one of them to be corrected. */
import { type Actor, type Locale, ownTownships } from '../../basis/codes.ts';
import { holdColumns } from '../../intake/holds.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import { awaitedBy, type CorrectionField, type HeldReport, type HeldRowShown } from '../../reports/clerk.ts';
import { countOf, textOf } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import { correctionFields, originOf } from './correct-held.ts';
import { type HeldRow, listQuarantine } from './list-quarantine.ts';

/** Rows of a page. */
const rowsOfPage = 50;

export interface HeldAsked {
	readonly batch: number | null;
	readonly kind: string | null;
	/** Counted from 1; a page that is not there is the nearest that is. */
	readonly page: number;
	/** The row that is being corrected; it is shown first where it is not on the page. */
	readonly hold: number | null;
}

export interface HeldSeen extends HeldReport {
	/** The row that was asked for with the fields of its form; null where none was, or it is held no more. */
	readonly correcting: {
		readonly hold: number;
		readonly fields: readonly CorrectionField[];
		/** Problems of the row that stand in none of its fields. */
		readonly problems: readonly { readonly code: string; readonly message: string }[];
		/** Whether it is held because it would rewrite what is there. */
		readonly confirms: boolean;
	} | null;
}

/** The rows held now that an actor may see. */
export async function showHeld(look: Look, asked: HeldAsked, locale: Locale, actor: Actor): Promise<HeldSeen> {
	const { batch, kind } = asked;
	const counts = await look.engine.rows(
		`SELECT kind, count(*) AS n, count(*) FILTER (retryable) AS waiting FROM quarantine
		WHERE status = 'held' AND ($batch IS NULL OR batch = $batch)
			AND ($townships IS NULL OR list_contains(CAST($townships AS VARCHAR[]), township)) GROUP BY kind ORDER BY min(hold)`,
		{ batch, townships: ownTownships(actor) }
	);
	const kinds = counts.map((row) => ({
		kind: textOf(row['kind']),
		label: kindNamed(textOf(row['kind']))?.label ?? { zh: textOf(row['kind']) },
		rows: countOf(row['n'])
	}));
	const chosen = counts.filter((row) => kind === null || row['kind'] === kind);
	const total = chosen.reduce((sum, row) => sum + countOf(row['n']), 0);
	const pages = Math.max(1, Math.ceil(total / rowsOfPage));
	const page = Math.min(Math.max(asked.page, 1), pages);
	const rows = await listQuarantine(
		look,
		{ batch, kind, from: (page - 1) * rowsOfPage, most: rowsOfPage, locale },
		actor
	);
	const correcting =
		asked.hold === null
			? null
			: (rows.find(({ hold }) => hold === asked.hold) ??
				(await listQuarantine(look, { hold: asked.hold, locale }, actor))[0] ??
				null);
	return {
		total,
		waiting: chosen.reduce((sum, row) => sum + countOf(row['waiting']), 0),
		kinds,
		rows: (correcting && !rows.includes(correcting) ? [correcting, ...rows] : rows).map(shown),
		page,
		pages,
		correcting: correcting && (await formOf(look, correcting, locale, actor))
	};
}

async function formOf(look: Look, held: HeldRow, locale: Locale, actor: Actor): Promise<HeldSeen['correcting']> {
	const fields = await correctionFields(look, held, locale, actor);
	const inFields = new Set(fields.flatMap(({ problems }) => problems));
	return {
		hold: held.hold,
		fields,
		problems: held.problems
			.filter(({ message }) => !inFields.has(message))
			.map(({ code, message }) => ({ code, message })),
		confirms: held.problems.some(({ code }) => code === 'suspicious_revision')
	};
}

const shown = (held: HeldRow): HeldRowShown => ({
	hold: held.hold,
	batch: held.batch,
	kind: kindNamed(held.kind)?.label ?? { zh: held.kind },
	file: held.file,
	sheet: held.sheet,
	line: held.line,
	origin: originOf(held),
	problems: held.problems.map(({ code, message }) => ({ code, message })),
	cells: Object.entries(held.row)
		.filter(([header]) => !holdColumns.some((column) => column === header))
		.map(([header, value]) => ({ header, value })),
	awaits: held.retryable ? awaitedBy(held.problems.map(({ code }) => code)) : []
});
