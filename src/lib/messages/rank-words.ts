/** How sure a rank is, in words. */
import * as m from '#lib/paraglide/messages.js';
import type { RankingRow } from '../reports/leadership.ts';
import type { TownshipReport } from '../reports/township.ts';

const texts = { above: m.indistinct_above, below: m.indistinct_below, both: m.indistinct_both } as const;

/** From which neighbours in rank order a township is not clearly apart. */
export const indistinctText = (indistinct: NonNullable<RankingRow['indistinct']>): string => texts[indistinct]();

/** The interval of a rank as it is spoken. */
export const intervalText = ({ low, high, of }: NonNullable<RankingRow['interval']>): string =>
	low === high
		? m.interval_spoken_one({ low: String(low), of: String(of) })
		: m.interval_spoken({ low: String(low), high: String(high), of: String(of) });

/** How sure a township's rank is: the interval, and the neighbours that it is not clearly apart from. */
export function sureText({ low, high, of, indistinct }: NonNullable<TownshipReport['sure']>): string {
	const facts = { low: String(low), high: String(high), of: String(of) };
	const text = low === high ? m.sure_one(facts) : m.sure_range(facts);
	return indistinct ? m.sure_text({ text, close: indistinctText(indistinct) }) : text;
}

/**
 * Where a unit's score stands among those of its peers.
 * @param unit the word for what is scored
 */
export function peersText(
	{ kind, of, place, median, difference }: NonNullable<TownshipReport['peers']>,
	unit: string
): string {
	const facts = { unit, of: String(of), place: String(place), median };
	if (difference === null || difference === '0.00')
		return kind === null ? m.peers_all_same(facts) : m.peers_kind_same({ ...facts, kind });
	return kind === null ? m.peers_all({ ...facts, difference }) : m.peers_kind({ ...facts, kind, difference });
}
