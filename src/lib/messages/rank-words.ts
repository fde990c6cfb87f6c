/** How sure a rank is, in words. */
import * as m from '#lib/paraglide/messages.js';
import type { RankingRow } from '../reports/leadership.ts';

const texts = { above: m.indistinct_above, below: m.indistinct_below, both: m.indistinct_both } as const;

/** From which neighbours in rank order a township is not clearly apart. */
export const indistinctText = (indistinct: NonNullable<RankingRow['indistinct']>): string => texts[indistinct]();

/** The interval of a rank as it is spoken. */
export const intervalText = ({ low, high, of }: NonNullable<RankingRow['interval']>): string =>
	low === high
		? m.interval_spoken_one({ low: String(low), of: String(of) })
		: m.interval_spoken({ low: String(low), high: String(high), of: String(of) });
