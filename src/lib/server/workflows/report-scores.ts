/** Scores as other programs read them (docs/commands.md, `score`), and as the published views keep them. */
import { isoDay } from '../../basis/day.ts';
import { type Fraction, toExact, toFixed, toJsonFigure } from '../../basis/fraction.ts';
import { periodId } from '../../basis/period.ts';
import { scoreDecimals } from '../../scoring/rules.ts';
import { type IndicatorScore, scoreText } from '../../scoring/score.ts';
import type { Engine } from '../warehouse/engine.ts';
import { isAnnual, type PeriodResult } from './score-period.ts';

export type JsonFigure = number | string;

export interface IndicatorReport {
	readonly key: string;
	readonly n: JsonFigure;
	readonly d: JsonFigure;
	readonly parts: Readonly<Record<string, JsonFigure>>;
	readonly state: string;
	readonly awarded: string | null;
	readonly of: JsonFigure;
}

export interface UnitReport {
	readonly code: string;
	/** The township of a clinic; only where clinics are scored. */
	readonly township?: string;
	readonly name: string;
	readonly score: string | null;
	readonly grade: string;
	readonly rank: number | null;
	/** Bounds of the rank interval (rules.md, 7); null without a rank. */
	readonly rankLow: number | null;
	readonly rankHigh: number | null;
	/** With which neighbour in rank order the interval overlaps: `above`, `below` or `both`; null with none. */
	readonly indistinct: string | null;
	readonly of: number;
	readonly provisional: boolean;
	readonly quarters?: readonly (string | null)[];
	readonly indicators?: readonly IndicatorReport[];
	readonly bonuses?: readonly { readonly key: string; readonly awarded: string }[];
	readonly vetoes?: readonly string[];
	/** Only of a scheme that has work items. */
	readonly workItems?: readonly { readonly key: string; readonly awarded: string }[];
	readonly flags: readonly string[];
}

export interface ScoreReport {
	readonly period: string;
	readonly scheme: string;
	readonly version: string;
	readonly cutoff: string;
	readonly townships: readonly UnitReport[];
}

/** Figures by name as JSON has them. */
const jsonFigures = (figures: Readonly<Record<string, Fraction>>): Record<string, JsonFigure> =>
	Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, toJsonFigure(figure)]));

const awardedText = (points: Fraction | null): string | null =>
	points === null ? null : toFixed(points, scoreDecimals);

/** The report of one indicator's tally and points. */
export const reportIndicator = ({ key, tally, awarded, of }: IndicatorScore): IndicatorReport => ({
	key,
	n: toJsonFigure(tally.n),
	d: toJsonFigure(tally.d),
	parts: jsonFigures(tally.parts),
	state: tally.state,
	awarded: awardedText(awarded),
	of: toJsonFigure(of)
});

const reportAdded = ({ key, awarded }: { key: string; awarded: Fraction }): { key: string; awarded: string } => ({
	key,
	awarded: toFixed(awarded, scoreDecimals)
});

/** The report of a scored period. */
export function reportScores({ scheme, period, cutoff, scores, flags, sureRanks }: PeriodResult): ScoreReport {
	const sure = sureRanks();
	return {
		period: periodId(period),
		scheme: scheme.id,
		version: scheme.version,
		cutoff: isoDay(cutoff),
		townships: scores.map((score) => ({
			code: score.code,
			...(scheme.unit === 'clinic' && score.township !== score.code ? { township: score.township } : {}),
			name: score.name,
			score: scoreText(score.score),
			grade: score.grade,
			rank: score.rank,
			rankLow: sure.get(score.code)?.low ?? null,
			rankHigh: sure.get(score.code)?.high ?? null,
			indistinct: sure.get(score.code)?.indistinct ?? null,
			of: score.ranked,
			provisional: score.provisional,
			...(isAnnual(score) ? { quarters: score.quarters.map(scoreText) } : {}),
			...('indicators' in score
				? {
						indicators: score.indicators.map(reportIndicator),
						bonuses: score.bonuses.map(reportAdded),
						vetoes: score.vetoes,
						...(scheme.workItems.length > 0 ? { workItems: score.workItems.map(reportAdded) } : {})
					}
				: {}),
			flags: flags.get(score.code) ?? []
		}))
	};
}

/** Puts a period's scores into the tables behind the views `score` and `indicator_score`, in place of earlier ones. */
export async function keepScores(engine: Engine, { scheme, period, scores, flags }: PeriodResult): Promise<void> {
	const identity = [periodId(period), scheme.id, scheme.version] as const;
	const list = (items: readonly string[]): string => `[${items.join(', ')}]`;
	await engine.transaction(async () => {
		for (const table of ['score', 'indicator_score'])
			await engine.run(`DELETE FROM ${table} WHERE period = $period AND scheme = $scheme AND version = $version`, {
				period: identity[0],
				scheme: identity[1],
				version: identity[2]
			});
		await engine.appendText(
			'score',
			scores.map((score) => [
				...identity,
				score.code,
				score.name,
				scoreText(score.score),
				score.grade,
				score.rank === null ? null : String(score.rank),
				String(score.ranked),
				String(score.provisional),
				list('vetoes' in score ? score.vetoes : []),
				list(flags.get(score.code) ?? [])
			])
		);
		await engine.appendText(
			'indicator_score',
			scores.flatMap((score) =>
				'indicators' in score
					? [
							...score.indicators.map((one) => ({ ...one, bonus: false })),
							...score.bonuses.map((one) => ({ ...one, of: null, bonus: true }))
						].map(({ key, tally, awarded, of, bonus }) => [
							...identity,
							score.code,
							key,
							String(bonus),
							toExact(tally.n),
							toExact(tally.d),
							JSON.stringify(
								Object.fromEntries(Object.entries(tally.parts).map(([name, value]) => [name, toExact(value)]))
							),
							tally.state,
							awardedText(awarded),
							of === null ? null : toExact(of)
						])
					: []
			)
		);
	});
}
