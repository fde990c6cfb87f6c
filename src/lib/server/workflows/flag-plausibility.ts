/** 数据合理性提示: patterns in what a township handed in that are worth a look. They change no score (rules.md, 7). */
import { type Actor, maySee } from '../../basis/codes.ts';
import { isoDay } from '../../basis/day.ts';
import { endOf, type Period, periodId, quartersIn, startOf } from '../../basis/period.ts';
import { noParameters, tallyRequest } from '../../measures/request.ts';
import { peerGroups } from '../../trends/peers.ts';
import type { Hint, HintRow } from '../../trends/hint.ts';
import { findFewProblems, hintKinds, isRaised, type RowHint, thresholds } from '../../trends/plausibility.ts';
import { type Bound, countOf, type Row, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import { shutDays } from '../../basis/business-days.ts';
import { settingsOf } from './score-period.ts';
import type { Rules } from './see-periods.ts';
import { takeTallies } from './tally-periods.ts';
import { townshipsOn, type Unit } from './units.ts';

export interface Plausibility {
	/** By township code, in the order of kinds and quarters. */
	readonly hints: ReadonlyMap<string, readonly Hint[]>;
	/** Quarters whose holidays are not known, so that nothing was said of days on which the office is shut. */
	readonly withoutCalendar: readonly string[];
}

/** Rows that are kept of each hint where nobody asks for all. */
const rowsByDefault = 20;

const statementOf = (kind: RowHint): string => `hint-${kind.replaceAll('_', '-')}`;

/**
 * The hints of a period, quarter by quarter, of the townships that an actor may see.
 * @param most rows to give of each hint; its count is always whole
 */
export const flagPlausibility = async (
	look: Look,
	rules: Rules,
	period: Period,
	actor: Actor,
	most = rowsByDefault
): Promise<Plausibility> => {
	const all = await look.recall(`hints ${rules.identity} ${periodId(period)} ${most}`, () =>
		hintsOf(look, rules, period, most)
	);
	return { ...all, hints: new Map([...all.hints].filter(([code]) => maySee(actor, code))) };
};

async function hintsOf(look: Look, rules: Rules, period: Period, most: number): Promise<Plausibility> {
	const found: { code: string; hint: Hint }[] = [];
	const withoutCalendar: string[] = [];
	for (const quarter of quartersIn(period)) {
		const shut = shutDays(startOf(quarter), endOf(quarter));
		if (shut === null) withoutCalendar.push(periodId(quarter));
		for (const kind of Object.keys(thresholds) as RowHint[]) {
			if (kind === 'closed_day' && shut === null) continue;
			found.push(...(await rowHints(look, kind, quarter, (shut ?? []).map(isoDay), most)));
		}
		found.push(...(await fewProblems(look, rules, quarter)));
	}
	found.sort((a, b) => hintKinds.indexOf(a.hint.kind) - hintKinds.indexOf(b.hint.kind));
	const hints = new Map<string, Hint[]>();
	for (const { code, hint } of found) hints.set(code, [...(hints.get(code) ?? []), hint]);
	return { hints, withoutCalendar };
}

/** One kind of hint of a quarter: the rows by township, where there are enough of them. */
async function rowHints(
	{ engine }: Look,
	kind: RowHint,
	quarter: Period,
	shut: readonly string[],
	most: number
): Promise<{ code: string; hint: Hint }[]> {
	const sql = engine.statement(statementOf(kind));
	const known: Readonly<Record<string, Bound>> = {
		start: isoDay(startOf(quarter)),
		end: isoDay(endOf(quarter)),
		shut,
		most,
		...thresholds[kind].bound
	};
	const named = new Set([...sql.matchAll(/\$([a-z]+)/g)].map(([, name]) => name));
	const bound = Object.fromEntries(Object.entries(known).filter(([name]) => named.has(name)));
	const byTownship = Map.groupBy(await engine.rows(sql, bound), (row) => textOf(row['township']));
	return [...byTownship].flatMap(([code, rows]) => {
		const numberOf = (name: string): number | null => (rows[0]?.[name] == null ? null : countOf(rows[0][name]));
		const [count, of] = [numberOf('n') ?? 0, numberOf('of')];
		if (!isRaised(kind, count, of)) return [];
		const hint: Hint = {
			kind,
			quarter: periodId(quarter),
			count,
			of,
			other: numberOf('other'),
			rates: null,
			peers: null,
			rows: rows.map(rowOf)
		};
		return [{ code, hint }];
	});
}

const rowOf = (row: Row): HintRow => ({
	day: textOf(row['day']),
	key: textOf(row['fact_key']),
	name: textOrNull(row['name']),
	why: textOrNull(row['told_as']),
	file: textOrNull(row['file']),
	sheet: textOrNull(row['sheet']),
	line: row['source_line'] == null ? null : countOf(row['source_line'])
});

/** Townships that found far fewer problems than those of their kind. */
async function fewProblems(look: Look, { scheme }: Rules, quarter: Period): Promise<{ code: string; hint: Hint }[]> {
	const units: readonly Unit[] = await townshipsOn(look.engine, endOf(quarter), periodId(quarter));
	const request = tallyRequest('problem_rate', quarter, settingsOf(scheme, 'township'), noParameters);
	const [tallies] = await takeTallies(look.engine, [request], units);
	const groups = peerGroups(units);
	const finders = units.map(({ code }, i) => {
		const tally = tallies?.get(code);
		// Both are counts of rows.
		return { code, group: groups[i] ?? null, found: Number(tally?.n.n ?? 0n), patrols: Number(tally?.d.n ?? 0n) };
	});
	const groupOf = new Map(finders.map(({ code, group }) => [code, group]));
	return findFewProblems(finders).map(({ code, found, patrols, ...rates }) => ({
		code,
		hint: {
			kind: 'few_problems',
			quarter: periodId(quarter),
			count: found,
			of: patrols,
			other: null,
			rates,
			peers: groupOf.get(code) ?? null,
			rows: []
		}
	}));
}
