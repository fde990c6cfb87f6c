/** 溯源: why this score, why this money, down to the line of a file (rules.md, 8). */
import { forKind } from '../../basis/by-kind.ts';
import { type Actor, type Bilingual, type Locale, maySee } from '../../basis/codes.ts';
import { formatYuan } from '../../basis/fen.ts';
import { decimal, toExact } from '../../basis/fraction.ts';
import { periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { type Asked, composeTrace } from '../../measures/compose.ts';
import { goalWords, pointsWords } from '../../messages/next-step-words.ts';
import { ruleInWords } from '../../messages/rule-words.ts';
import { nextGoals, stepsToPoints } from '../../scoring/next-step.ts';
import { rankGroup } from '../../scoring/rank.ts';
import type { Bonus, Indicator, Policy } from '../../scoring/scheme.ts';
import { applies } from '../../scoring/score.ts';
import { type Cell, countOf, type Engine, type Row, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import type { AllocatedFund } from './allocate-fund.ts';
import { type IndicatorReport, reportIndicator, reportScores, type UnitReport } from './report-scores.ts';
import { isAnnual, type PeriodResult, requestsOf } from './score-period.ts';
import { identify } from './tally-periods.ts';

/** One row behind a figure, and where it was read; without a file where nothing was handed in. */
export interface TraceRow {
	readonly file: string | null;
	readonly sheet: string | null;
	readonly line: number | null;
	readonly key: string;
	/** The parts that the row was counted in. */
	readonly parts: readonly string[];
	readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

export interface TracedIndicator extends IndicatorReport {
	readonly name: Bilingual;
	readonly measure: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	/** The rule in words with its numbers filled in. */
	readonly words: string;
	/** The smallest change of rows that would bring more points; null where none would, or where it is not defined. */
	readonly next: string | null;
	readonly counted: { readonly total: number; readonly rows: readonly TraceRow[] };
	readonly missed: { readonly total: number; readonly rows: readonly TraceRow[] };
}

export interface Explanation {
	readonly period: string;
	readonly scheme: string;
	readonly version: string;
	readonly township: UnitReport;
	readonly indicators: readonly TracedIndicator[];
	/** What the next grade and the next rank need, in words. */
	readonly next: readonly string[];
	/** By tranche; null where no plan was named. */
	readonly money:
		| readonly {
				readonly tranche: string;
				readonly weight: string;
				readonly amount: string;
				readonly share: string;
		  }[]
		| null;
}

export interface ExplainOptions {
	readonly township: string;
	readonly indicator: string | null;
	/** How many rows of each list to give; the totals are always whole. */
	readonly rows: number;
	readonly money: AllocatedFund | null;
	readonly locale: Locale;
}

/**
 * Explains the score of one township.
 * @throws Problem `township_unknown`, `indicator_unknown`
 */
export async function explainScore(
	{ engine }: Pick<Warehouse, 'engine'>,
	result: PeriodResult,
	options: ExplainOptions,
	actor: Actor
): Promise<Explanation> {
	const { scheme, period, scores, units } = result;
	const score = scores.find(({ code }) => code === options.township);
	const unit = units.find(({ code }) => code === options.township);
	if (!score || !unit || !maySee(actor, unit.township))
		throw new Problem('township_unknown', { code: options.township });
	const owners: (Indicator | Bonus)[] = [...scheme.indicators, ...scheme.bonuses, ...scheme.workItems];
	if (options.indicator !== null && !owners.some(({ key }) => key === options.indicator))
		throw new Problem('indicator_unknown', {
			scheme: scheme.id,
			key: options.indicator,
			known: owners.map(({ key }) => key).join(', ')
		});
	const indicators: TracedIndicator[] = [];
	if ('indicators' in score) {
		const requests = requestsOf(scheme, period);
		const steps = stepsToPoints(scheme, score);
		for (const [index, owner] of owners.entries()) {
			if (options.indicator !== null && owner.key !== options.indicator) continue;
			const own = index < scheme.indicators.length ? score.indicators[index] : undefined;
			// What is asked of vetoes stands between bonuses and work items, and has no points to explain.
			const beside = index - scheme.indicators.length;
			const isWork = beside >= scheme.bonuses.length;
			const added = own ? undefined : [...score.bonuses, ...score.workItems][beside];
			const request = requests[isWork ? index + scheme.vetoes.length : index];
			const scored = own ?? (added ? { ...added, of: forKind(owner.points, unit.kind) } : undefined);
			if (!request || !scored) continue;
			const asked = identify(request);
			const applicable = !('appliesTo' in owner) || applies(owner, unit);
			const rows = applicable ? await tracedRows(engine, asked, unit.code) : [];
			const policy: { empty: Policy; missing: Policy } =
				'empty' in owner ? owner : { empty: 'excluded', missing: 'excluded' };
			indicators.push({
				...reportIndicator(scored),
				name: owner.name,
				measure: owner.measure.name,
				parameters: JSON.parse(asked.parameters) as Record<string, unknown>,
				words: ruleInWords(
					{
						name: owner.name,
						rule: owner.rule,
						points: scored.of,
						tally: scored.tally,
						awarded: scored.awarded,
						policy,
						kind: unit.kind
					},
					options.locale
				),
				next: pointsWords(scheme, steps, owner.key, options.locale),
				counted: listed(rows, true, options.rows),
				missed: listed(rows, false, options.rows)
			});
		}
	}
	const report = reportScores(result).townships.find(({ code }) => code === unit.code) as UnitReport;
	return {
		period: periodId(period),
		scheme: scheme.id,
		version: scheme.version,
		township: isAnnual(score) ? report : withoutIndicators(report),
		indicators,
		// Who asks for one indicator does not ask for the whole.
		next: options.indicator === null ? goalsOf(result, score, options.locale) : [],
		money: moneyOf(options.money, unit.code)
	};
}

/** What the next grade and rank need, in words; nothing for an annual score, which is made of its periods'. */
export const goalsOf = (
	{ scheme, scores }: PeriodResult,
	score: PeriodResult['scores'][number],
	locale: Locale
): string[] =>
	'indicators' in score ? goalWords(scheme, nextGoals(scheme, score, rivalsOf(scheme, scores, score)), locale) : [];

/** The units that a unit is ranked with. */
const rivalsOf = (
	{ rankWithin }: PeriodResult['scheme'],
	scores: PeriodResult['scores'],
	score: PeriodResult['scores'][number]
): PeriodResult['scores'] => scores.filter((one) => rankGroup(rankWithin, one) === rankGroup(rankWithin, score));

/** The indicators stand in the explanation with their rows; they are not said twice. */
function withoutIndicators({ indicators, ...report }: UnitReport): UnitReport {
	void indicators;
	return report;
}

function moneyOf(money: ExplainOptions['money'], code: string): Explanation['money'] {
	if (!money) return null;
	const payment = money.allocation.payments.find((one) => one.code === code);
	return money.allocation.tranches.flatMap(({ key, amount }) => {
		const paid = payment?.byTranche[key];
		if (paid === undefined) return [];
		return [
			{
				tranche: key,
				weight: toExact(payment?.weights[key] ?? { n: 0n, d: 1n }),
				amount: formatYuan(paid),
				share: formatYuan(amount)
			}
		];
	});
}

type TracedRow = TraceRow & { readonly counted: boolean };

/** A measure as its trace is asked for over each of its bases. */
function overEachBase({ measure, request }: Asked): Asked[] {
	const others = (measure.otherBases ?? []).map(({ base, figures }): Asked => {
		const conditions = Object.values(figures).flatMap((figure) => ('count' in figure ? [String(figure.count)] : []));
		return {
			request,
			measure: {
				...measure,
				base,
				rows: conditions.map((one) => `(${one})`).join(' OR '),
				counted: 'true',
				traceColumns: []
			}
		};
	});
	return [{ measure, request }, ...others];
}

async function tracedRows(engine: Engine, asked: Asked, code: string): Promise<TracedRow[]> {
	const sources = new Map(
		(await engine.rows('SELECT source_id, file, sheet FROM source')).map((row) => [countOf(row['source_id']), row])
	);
	const found: Row[] = [];
	for (const one of overEachBase(asked)) {
		const { sql, bound } = composeTrace(one, (base) => engine.base(base), code);
		found.push(...(await engine.rows(sql, bound)));
	}
	return found.map((row) => {
		const source = row['source_id'] == null ? undefined : sources.get(countOf(row['source_id']));
		const values = Object.entries(row).filter(
			([name]) => !['counted', 'source_id', 'source_line', 'row_key'].includes(name) && !name.startsWith('part_')
		);
		return {
			counted: row['counted'] === true,
			file: source ? textOf(source['file']) : null,
			sheet: textOrNull(source?.['sheet']),
			line: row['source_line'] == null ? null : countOf(row['source_line']),
			key: textOf(row['row_key']),
			parts: asked.measure.parts.filter((part) => row[`part_${part}`] === true),
			values: Object.fromEntries(values.map(([name, value]) => [name, jsonValue(value)]))
		};
	});
}

/** A DECIMAL(18, 6) as text; its places beyond what was written say nothing. */
const sixPlaces = /^-?\d+\.\d{6}$/;

const jsonValue = (cell: Cell): string | number | boolean | null =>
	typeof cell === 'string' && sixPlaces.test(cell)
		? toExact(decimal(cell))
		: typeof cell === 'bigint'
			? Number(cell)
			: Array.isArray(cell)
				? cell.join(', ')
				: (cell as string | number | boolean | null);

function listed(rows: readonly TracedRow[], counted: boolean, most: number): { total: number; rows: TraceRow[] } {
	const own = rows.filter((row) => row.counted === counted);
	return {
		total: own.length,
		rows: own
			.slice(0, most)
			.map(({ file, sheet, line, key, parts, values }) => ({ file, sheet, line, key, parts, values }))
	};
}
