/** 乡镇: a unit's score as points won and lost, and the rows behind one of its figures. */
import { fileAndSheet } from '../../basis/file-and-sheet.ts';
import type { Actor, Bilingual, Locale } from '../../basis/codes.ts';
import { inLocale } from '../../basis/codes.ts';
import { add, type Fraction, isZero, subtract, sum, toExact, toFixed, zero } from '../../basis/fraction.ts';
import { type Period, periodId, periodsOfYear, shift } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { forKind } from '../../basis/by-kind.ts';
import { fieldNamed, kindNamed, kinds } from '../../intake/kinds/index.ts';
import type { Field } from '../../intake/kinds/declare.ts';
import { measureNamed } from '../../measures/catalogue/index.ts';
import { bases } from '../../measures/declare.ts';
import { periodName } from '../../messages/period-name.ts';
import { partName } from '../../messages/rule-words.ts';
import { traceColumnName } from '../../messages/trace-column.ts';
import { meanOf, signed } from '../../reports/leadership.ts';
import type { Evidence, EvidenceList, EvidenceRow, ScoreLine, TownshipReport } from '../../reports/township.ts';
import type { Bonus, Indicator } from '../../scoring/scheme.ts';
import { type IndicatorScore, scoreText, type UnitScore } from '../../scoring/score.ts';
import { covers } from '../schemes/load.ts';
import { readDomains } from '../schemes/library.ts';
import type { Look } from '../warehouse/house.ts';
import { explainScore, goalsOf, type TraceRow } from './explain-score.ts';
import { isAnnual, type PeriodResult } from './score-period.ts';
import { type KnownPeriods, type Rules, scoresBeside, scoresSeen } from './see-periods.ts';

/** Periods of the history that is shown. */
const historyLength = 8;

/**
 * The score of a township in a period.
 * @throws Problem `township_unknown`, `period_not_covered`, `no_townships`
 */
export async function showTownship(
	look: Look,
	rules: Rules,
	known: KnownPeriods,
	period: Period,
	code: string,
	actor: Actor,
	locale: Locale
): Promise<TownshipReport> {
	const result = await scoresSeen(look, rules, period, actor);
	const score = result.scores.find((one) => one.code === code);
	if (!score) throw new Problem('township_unknown', { code });
	const history: TownshipReport['history'][number][] = [];
	for (let back = historyLength - 1; back >= 0; back--) {
		const at = shift(period, -back);
		if (back > 0 && (known.stateOf(at) === 'none' || !covers(rules.scheme, at))) continue;
		const seen = await scoresBeside(look, rules, at, actor);
		if (seen) history.push(historyOf(seen, code));
	}
	const before = history.at(-2);
	const rankBefore = before?.period === periodId(shift(period, -1)) ? before.rank : null;
	const { scheme } = rules;
	const sure = result.sureRanks().get(code);
	const peers = result.peerPlaces().get(code);
	return {
		code,
		name: score.name,
		kind: score.kind,
		score: scoreText(score.score),
		rank: score.rank,
		of: score.ranked,
		change: score.rank === null || rankBefore === null ? null : rankBefore - score.rank,
		sure: sure ? { ...sure, of: score.ranked } : null,
		peers: peers
			? {
					kind: peers.kind,
					of: peers.of,
					place: peers.place,
					median: toFixed(peers.median, 2),
					difference: signed(score.score, peers.median, 2)
				}
			: null,
		grade: score.grade,
		provisional: score.provisional,
		vetoes:
			'vetoes' in score ? scheme.vetoes.filter(({ key }) => score.vetoes.includes(key)).map(({ name }) => name) : [],
		flags: result.flags.get(code) ?? [],
		lines: 'indicators' in score ? linesOf(rules, score) : [],
		next: goalsOf(result, score, locale),
		parts: isAnnual(score)
			? periodsOfYear(scheme.frequency, period.year).map((part, i) => ({
					period: periodId(part),
					score: scoreText(score.quarters[i] ?? null)
				}))
			: [],
		history
	};
}

function historyOf({ period, scores }: PeriodResult, code: string): TownshipReport['history'][number] {
	const own = scores.find((one) => one.code === code);
	const mean = meanOf(scores.flatMap(({ score }) => (score === null ? [] : [score])));
	return {
		period: periodId(period),
		score: scoreText(own?.score ?? null),
		rank: own?.rank ?? null,
		of: own?.ranked ?? scores.length,
		mean: mean && toFixed(mean, 2)
	};
}

/** Indicators in the scheme's order, their bars laid end to end, then the bonuses, then what is no part of the score. */
function linesOf({ scheme }: Rules, score: UnitScore): ScoreLine[] {
	const all = sum(score.indicators.map(({ of, awarded }) => (awarded === null ? zero : of)));
	const percent = (points: Fraction): number =>
		isZero(all) ? 0 : Number((points.n * all.d * 10_000n) / (points.d * all.n)) / 100;
	let start = zero;
	const indicators = score.indicators.map(({ key, tally, awarded, of }, i): ScoreLine => {
		const { name, group } = scheme.indicators[i] as Indicator;
		const lost = awarded === null ? zero : subtract(of, awarded);
		const line = {
			...lineOf(key, name, group, tally, awarded, of),
			bonus: false,
			work: false,
			lost: isZero(lost) ? null : toFixed(lost, 2),
			bar: { start: percent(start), won: percent(awarded ?? zero), lost: percent(lost) }
		};
		if (awarded !== null) start = add(start, of);
		return line;
	});
	const added = (list: 'bonuses' | 'workItems'): ScoreLine[] =>
		score[list].map(({ key, tally, awarded }, i) => {
			const { name, points } = scheme[list][i] as Bonus;
			const work = list === 'workItems';
			return {
				...lineOf(key, name, null, tally, awarded, forKind(points, score.kind)),
				bonus: !work,
				work,
				lost: null,
				bar: { start: 0, won: work ? 0 : percent(awarded), lost: 0 }
			};
		});
	return [...indicators, ...added('bonuses'), ...added('workItems')];
}

function lineOf(
	key: string,
	name: Bilingual,
	group: Bilingual | null,
	{ n, d, state }: IndicatorScore['tally'],
	awarded: Fraction | null,
	of: Fraction
): Pick<ScoreLine, 'key' | 'name' | 'group' | 'n' | 'd' | 'state' | 'awarded' | 'of'> {
	return {
		key,
		name,
		group,
		n: toExact(n),
		d: toExact(d),
		state,
		awarded: awarded && toFixed(awarded, 4),
		of: toExact(of)
	};
}

export interface EvidenceOptions {
	readonly township: string;
	readonly indicator: string;
	/** Null for what is missing where anything is, else for what counts. */
	readonly list: EvidenceList | null;
	readonly locale: Locale;
}

/**
 * The rows behind one indicator of a township, all of one list.
 * @throws Problem `township_unknown`, `indicator_unknown`; null for an annual score, which is made of its periods'
 */
export async function showEvidence(
	look: Look,
	rules: Rules,
	period: Period,
	{ township, indicator, list, locale }: EvidenceOptions,
	actor: Actor
): Promise<Evidence | null> {
	const result = await scoresSeen(look, rules, period, actor);
	const { indicators } = await explainScore(
		look,
		result,
		{ township, indicator, rows: Infinity, money: null, locale },
		actor
	);
	const [traced] = indicators;
	if (!traced) return null;
	const chosen = list ?? (traced.missed.total > 0 ? 'missed' : 'counted');
	const words = cellWords(look.home, traced.measure, locale);
	const { rows } = traced[chosen];
	const columns = (measureNamed(traced.measure)?.traceColumns ?? []).filter((column) => column !== 'fact_key');
	const files = [...traced.missed.rows, ...traced.counted.rows].flatMap(({ file, sheet }) =>
		file === null ? [] : [fileAndSheet(file, sheet)]
	);
	return {
		key: indicator,
		name: traced.name,
		words: traced.words,
		measure: traced.measure,
		n: String(traced.n),
		d: String(traced.d),
		counted: traced.counted.total,
		missed: traced.missed.total,
		list: chosen,
		columns: columns.map((column) => traceColumnName(column, words.field(column), locale)),
		rows: rows.map((row) => evidenceRow(row, columns, words.cell, locale)),
		next: traced.next,
		files: [...new Set(files)]
	};
}

type CellWord = (column: string, value: string | number | boolean | null) => string;

function evidenceRow(
	{ file, sheet, line, key, parts, values }: TraceRow,
	columns: readonly string[],
	cell: CellWord,
	locale: Locale
): EvidenceRow {
	return {
		place: file === null ? null : [file, sheet, String(line)].filter((part) => part !== null).join(':'),
		// A key that was made for a row without an id, or of a form and its time, tells a reader nothing new.
		key: key.startsWith('#') || 'covers' in values ? '' : key,
		cells: columns.map((column) => cell(column, values[column] ?? null)),
		parts: parts.map((part) => partName(part, locale))
	};
}

/** How cells of a measure's base are said: domains and choices by name, yes and no as words. */
function cellWords(
	home: string,
	measure: string,
	locale: Locale
): { field: (column: string) => Field | null; cell: CellWord } {
	const base = measureNamed(measure)?.base;
	// In the order of the base: what its rows are comes first.
	const own = (base === undefined ? [] : bases[base].kinds).flatMap((name) => kindNamed(name) ?? []);
	const domains = new Map(readDomains(home).map(({ key, name }) => [key, inLocale(name, locale)]));
	const field = (column: string): Field | null =>
		[...own, ...kinds].map((kind) => fieldNamed(kind, column)).find((found) => found !== undefined) ?? null;
	const cell: CellWord = (column, value) => {
		if (value === null) return '';
		if (column === 'covers' || column === 'period') return periodName(String(value));
		if (column === 'domain') return domains.get(String(value)) ?? String(value);
		if (typeof value === 'boolean')
			return value ? inLocale({ zh: '是', en: 'yes' }, locale) : inLocale({ zh: '否', en: 'no' }, locale);
		const known = field(column);
		if (known?.type === 'choice' && locale === 'zh') return known.choices[String(value)]?.[0] ?? String(value);
		return String(value);
	};
	return { field, cell };
}
