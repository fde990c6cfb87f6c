/** The sentences that open the pages of the data: what a clerk wants to know first. */
import { grouped } from '#lib/browser/figures.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Deed } from '#lib/reports/decisions.ts';
import type { BatchSummary, Reconciliation } from '#lib/reports/clerk.ts';

const count = (n: number): string => grouped(String(n));

/** What the latest import that stands read, and what of it waits to be corrected. */
export function dataTitle(latest: BatchSummary | null, batches: number): string {
	if (!latest) return batches === 0 ? m.data_title_none() : m.data_title_undone();
	const facts = { read: count(latest.read), held: count(latest.stillHeld) };
	return latest.stillHeld === 0 ? m.data_title_clear(facts) : m.data_title_held(facts);
}

/** The outcomes that there are, in words: “新增 240，暂存 10”. */
function outcomes({ added, revised, withdrawn, unchanged, quarantined }: Reconciliation): string {
	const parts = [
		{ n: added, words: m.data_outcome_added },
		{ n: revised, words: m.data_outcome_revised },
		{ n: withdrawn, words: m.data_outcome_withdrawn },
		{ n: unchanged, words: m.data_outcome_unchanged },
		{ n: quarantined, words: m.data_outcome_quarantined }
	];
	return parts
		.filter(({ n }) => n > 0)
		.map(({ n, words }) => words({ count: count(n) }))
		.join(m.data_comma());
}

/** What a batch decided, in words: “名册缺席：注销 3 条”. */
export function deedWords({ act, decision, rows, confirms }: Deed): string {
	const facts = { rows: count(rows) };
	if (act === 'confirm') return m.deed_confirm({ ...facts, batch: String(confirms) });
	if (act === 'decide_doubles') return decision === 'different' ? m.deed_different(facts) : m.deed_same(facts);
	if (decision === 'closed') return m.deed_closed(facts);
	return decision === 'moved' ? m.deed_moved(facts) : m.deed_kept(facts);
}

/** What a batch read and what became of it; of a rollback, what it undid. */
export function batchTitle(summary: BatchSummary): string {
	const batch = String(summary.batch);
	if (summary.act === 'rollback') return m.data_batch_title_rollback({ batch, undone: batchList(summary.undoes) });
	const read = count(summary.read);
	if (summary.undoneBy !== null) return m.data_batch_title_undone({ batch, read });
	if (summary.deed) return m.deed_title({ batch, deed: deedWords(summary.deed) });
	const parts = outcomes(summary);
	return parts === '' ? m.data_batch_title_empty({ batch }) : m.data_batch_title({ batch, read, outcomes: parts });
}

/** What a trial would have done. */
export function trialTitle(total: Reconciliation): string {
	const read = count(total.read);
	const parts = outcomes(total);
	return parts === '' ? m.data_trial_title_empty() : m.data_trial_title({ read, outcomes: parts });
}

/** Numbers of batches in a row: “3、5”. */
export const batchList = (batches: readonly number[]): string => batches.join(m.data_list_and());

/** How many rows are held, and how many of them another file releases. */
export function heldTitle(total: number, waiting: number): string {
	if (total === 0) return m.data_held_title_none();
	const facts = { total: count(total), waiting: count(waiting), rest: count(total - waiting) };
	if (waiting === 0) return m.data_held_title(facts);
	return waiting === total ? m.data_held_title_all_waiting(facts) : m.data_held_title_waiting(facts);
}
