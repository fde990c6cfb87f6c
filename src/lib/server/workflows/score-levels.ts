/** 逐级汇总: the scores of districts, cities or provinces, made of those of their units (rules.md, 4). */
import type { Actor } from '../../basis/codes.ts';
import { type Period, periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { annualScores, periodWeights } from '../../scoring/annual.ts';
import { type Level, levelUnits, scoreMeans, scorePooled } from '../../scoring/levels.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import type { UnitScore } from '../../scoring/score.ts';
import { requireCovered } from '../schemes/load.ts';
import type { Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import {
	cutoffOf,
	isDirect,
	lastDayOf,
	type PeriodResult,
	periodNames,
	partsOf,
	requestsOf,
	scorePeriod,
	tallyOf
} from './score-period.ts';
import { takeTallies } from './tally-periods.ts';
import { type Unit, unitsOn } from './units.ts';

/**
 * Scores a period for a level above the units. Levels are ranked among themselves, all together. Only who may see every
 * unit is given levels.
 * @throws Problem `period_not_covered`, `no_townships`, `no_clinics`; `missing_weight` where `rollup: mean` lacks a population
 */
export async function scoreLevels(
	{ engine }: Pick<Warehouse, 'engine'>,
	scheme: Scheme,
	period: Period,
	level: Level,
	actor: Actor
): Promise<PeriodResult> {
	requireCovered(scheme, period);
	const units = await unitsOn(engine, scheme, lastDayOf(scheme, period), periodId(period));
	const scores =
		scheme.rollup === 'mean'
			? meansOf(scheme, await scorePeriod({ engine }, scheme, period, { ...actor, townships: 'all' }), level)
			: await pooledOf(engine, { ...scheme, rankWithin: 'all' }, period, units, level);
	return {
		scheme,
		period,
		cutoff: cutoffOf(scheme, period),
		units: levelUnits(units, level).map(({ code, name, kind, members }) => ({
			code,
			township: code,
			name,
			kind,
			population: members.every(({ population }) => population !== null)
				? members.reduce((people, { population }) => people + (population ?? 0n), 0n)
				: null,
			minStaff: null
		})),
		scores: actor.townships === 'all' ? scores : [],
		flags: new Map(),
		// What is said of how sure a rank is, is said of units.
		sureRanks: () => new Map(),
		peerPlaces: () => new Map()
	};
}

function meansOf(scheme: Scheme, { units, scores }: PeriodResult, level: Level): PeriodResult['scores'] {
	const people = new Map(units.map(({ code, population }) => [code, population]));
	const own = new Map(scores.map((score) => [score.code, score]));
	return scoreMeans(scheme, levelUnits(units, level), own, (code) => people.get(code) ?? null).map(
		({ unweighed, ...score }) => {
			if (unweighed !== null) throw new Problem('missing_weight', { code: unweighed, factor: 'population' });
			return { ...score, quarters: [] };
		}
	);
}

async function pooledOf(
	engine: Engine,
	scheme: Scheme,
	period: Period,
	units: readonly Unit[],
	level: Level
): Promise<PeriodResult['scores']> {
	if (isDirect(scheme, period)) return pooledDirectly(engine, scheme, period, level);
	const parts = await partsOf(engine, scheme, period, (rules, part) => pooledDirectly(engine, rules, part, level));
	const weights = periodWeights(scheme, periodNames(scheme, parts.length));
	return annualScores(scheme, levelUnits(units, level), parts, weights);
}

async function pooledDirectly(engine: Engine, scheme: Scheme, period: Period, level: Level): Promise<UnitScore[]> {
	const units = await unitsOn(engine, scheme, lastDayOf(scheme, period), periodId(period));
	const tallies = await takeTallies(engine, requestsOf(scheme, period), units);
	return scorePooled(scheme, levelUnits(units, level), tallyOf(scheme, tallies, units));
}
