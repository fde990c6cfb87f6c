/** What a page looks at: the scheme, the periods that have facts, and their scores, remembered by the facts they stand on. */
import { createHash } from 'node:crypto';
import type { Actor, Locale } from '../../basis/codes.ts';
import { addDays, calendar, type Day, parseIsoDay } from '../../basis/day.ts';
import { endOf, type Period, periodId, periodsOfYear, startOf } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { mayScore, versionFor } from '../../scoring/family.ts';
import { covers, defaultScheme, defaultSchemeOf, loadScheme, namesVersion } from '../schemes/load.ts';
import { shelfNames } from '../schemes/library.ts';
import { type Engine, textOrNull } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import { type PeriodResult, scorePeriod } from './score-period.ts';

/** The scheme in use, and an identity that changes whenever anything in it does. */
export interface Rules {
	readonly scheme: Scheme;
	readonly identity: string;
	/** Whether this very version is asked for, whatever is in force. */
	readonly pinned: boolean;
	/** The names of all schemes that can be asked for. */
	readonly known: readonly string[];
}

/**
 * The scheme that is asked for, else that of the home.
 * @throws Problem `scheme_unknown`, `yaml_invalid`, `scheme_invalid`
 */
export function rulesFor(home: string, asked: string | null, locale: Locale): Rules {
	const known = shelfNames('schemes', home);
	// A command may name a file; an address must not make the server open one.
	if (asked !== null && !known.includes(asked.split('@')[0] ?? ''))
		throw new Problem('scheme_unknown', { name: asked, known: known.join(', ') });
	const name = asked ?? defaultSchemeOf(home);
	const scheme = loadScheme(name, home, locale);
	return { scheme, identity: identityOf(scheme), pinned: namesVersion(name), known };
}

/** The scheme that Kaoji ships, for what must be shown where a home's own cannot be read. */
export function shippedRules(locale: Locale): Rules {
	const scheme = loadScheme(defaultScheme, null, locale);
	return { scheme, identity: identityOf(scheme), pinned: false, known: [scheme.id] };
}

/** The rules in force for a period; those that are given where one version is asked for, or none is in force. */
export function rulesAt(rules: Rules, period: Period): Rules {
	const scheme = rules.pinned ? null : versionFor(rules.scheme, period);
	if (!scheme || scheme.version === rules.scheme.version) return rules;
	return { ...rules, scheme, identity: identityOf(scheme) };
}

/** A digest of everything that a scheme or plan says. */
export const identityOf = (rules: object): string =>
	createHash('sha256')
		.update(JSON.stringify(rules, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)))
		.digest('hex')
		.slice(0, 16);

/** A period that can be looked at. `running` until its cut-off day is over. */
export interface KnownPeriod {
	readonly period: Period;
	readonly state: 'none' | 'running' | 'done';
}

/** The periods of a scheme by year, and where a reader begins. */
export interface KnownPeriods {
	/** Years with facts, ascending. */
	readonly years: readonly number[];
	/** The first and the last day of which there is a fact; null where there is none. */
	readonly reach: { readonly first: Day; readonly last: Day } | null;
	/** The latest period that is over; where none is, the latest with facts; null where there are no facts. */
	readonly latest: Period | null;
	readonly stateOf: (period: Period) => KnownPeriod['state'];
	/** Whether a version of the scheme that is asked for is in force. */
	readonly covers: (period: Period) => boolean;
}

/** The scores of a period beside the one that is asked for; null where there was nobody to score then. */
export async function scoresBeside(
	look: Look,
	rules: Rules,
	period: Period,
	actor: Actor
): Promise<PeriodResult | null> {
	try {
		return await scoresSeen(look, rules, period, actor);
	} catch (problem) {
		if (problem instanceof Problem && problem.code === 'no_townships') return null;
		throw problem;
	}
}

/** The days that the facts reach; null where there are none. */
export async function reachOf(engine: Engine): Promise<KnownPeriods['reach']> {
	const [row] = await engine.rows(engine.statement('days-with-facts'));
	const dayOf = (name: string): Day | null => {
		const text = textOrNull(row?.[name]);
		return text === null ? null : parseIsoDay(text);
	};
	const [first, last] = [dayOf('first'), dayOf('last')];
	return first === null || last === null ? null : { first, last };
}

/** Which periods a home has facts of, as a scheme divides the year. */
export async function knownPeriods(look: Look, { scheme, pinned }: Rules, today: Day): Promise<KnownPeriods> {
	const reach = await look.recall('reach', () => reachOf(look.engine));
	const isCovered = (period: Period): boolean => (pinned ? mayScore : covers)(scheme, period);
	if (!reach) return { years: [], reach, latest: null, stateOf: () => 'none', covers: isCovered };
	const { first, last } = reach;
	const stateOf = (period: Period): KnownPeriod['state'] => {
		if (endOf(period) < first || startOf(period) > last) return 'none';
		return addDays(endOf(period), scheme.cutoffDays) < today ? 'done' : 'running';
	};
	const [from, to] = [calendar(first).year, calendar(last).year];
	const years = Array.from({ length: to - from + 1 }, (_, i) => from + i);
	const inOrder = years
		.flatMap((year) => periodsOfYear(scheme.frequency, year))
		.filter((period) => stateOf(period) !== 'none' && isCovered(period));
	const latest = inOrder.findLast((period) => stateOf(period) === 'done') ?? inOrder.at(-1) ?? null;
	return { years, reach, latest, stateOf, covers: isCovered };
}

/**
 * The scores of a period by the version in force in it, computed once while facts and scheme are the same.
 * @throws Problem `period_not_covered`, `no_townships`
 */
export function scoresSeen(look: Look, rules: Rules, period: Period, actor: Actor): Promise<PeriodResult> {
	const { scheme, identity } = rulesAt(rules, period);
	return look.recall(`scores ${identity} ${periodId(period)} ${String(actor.townships)}`, () =>
		scorePeriod(look, scheme, period, actor)
	);
}
