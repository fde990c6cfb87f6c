/** The sentence that opens a township's page. */
import { inLocale } from '../basis/codes.ts';
import { toFixed, decimal } from '../basis/fraction.ts';
import * as m from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';
import type { TownshipReport } from '../reports/township.ts';

/** Score, rank, grade, and what cost most. */
export function townshipTitle({ name, score, rank, of, vetoes, lines }: TownshipReport, grade: string): string {
	if (score === null || rank === null) return m.township_title({ name }) + m.township_title_end();
	const opening = m.township_title_scored({
		name,
		score: toFixed(decimal(score), 2),
		rank: String(rank),
		of: String(of),
		grade
	});
	if (vetoes.length > 0)
		return (
			opening + m.township_title_vetoed({ veto: vetoes.map((veto) => inLocale(veto, getLocale())).join(m.list_and()) })
		);
	if (lines.length === 0) return opening + m.township_title_end();
	const worst = lines
		.filter(({ lost }) => lost !== null)
		.reduce<(typeof lines)[number] | null>(
			(most, line) => (most === null || Number(line.lost) > Number(most.lost) ? line : most),
			null
		);
	return (
		opening +
		(worst?.lost
			? m.township_title_weakest({ indicator: inLocale(worst.name, getLocale()), points: worst.lost })
			: m.township_title_full())
	);
}
