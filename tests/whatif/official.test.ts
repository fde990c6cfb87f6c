/** A what-if from kept tallies against the official computation: a scheme and plan with these numbers, over the facts. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { type Day, parseIsoDay } from '#lib/basis/day.ts';
import { type Fen, fen } from '#lib/basis/fen.ts';
import { decimal, type Fraction, multiply, toExact, whole } from '#lib/basis/fraction.ts';
import { within } from '#lib/basis/lever.ts';
import { parsePeriod, type Period, periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { loadPlan, loadScheme } from '#lib/server/schemes/load.ts';
import type { Look } from '#lib/server/warehouse/house.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { allocateFund } from '#lib/server/workflows/allocate-fund.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import { identityOf } from '#lib/server/workflows/see-periods.ts';
import { whatIfBase } from '#lib/server/workflows/what-if.ts';
import { type AnyLever, leversOf, rulesOf, type WhatIfBase } from '#lib/whatif/base.ts';
import { type RunBefore, runWhatIf, type Standing } from '#lib/whatif/run.ts';
import { moved, readScenario, type Scenario, writeScenario } from '#lib/whatif/scenario.ts';
import { packBase, unpackBase } from '#lib/whatif/transfer.ts';
import { type Dice, diceOf } from '../reference/dice.ts';
import { randomCounty, randomPlan, randomPool, randomScheme } from '../reference/random.ts';
import { exportFiles } from '../reference/write-exports.ts';
import { full, inFolder } from '../support/kaoji.ts';

const actor: Actor = { name: 'test', role: 'administrator', townships: 'all' };
const counties = full ? 120 : 4;
const scenariosEach = 4;

/** A file of a scheme or plan as JSON has it. */
type Json = Record<string, unknown>;
const listOf = (of: Json, key: string): Json[] => (of[key] ?? []) as Json[];
const keyed = (of: Json, list: string, key: string): Json => listOf(of, list).find((one) => one['key'] === key) ?? {};

/** Writes a number into the files, as a clerk would who edits them. */
function edit(scheme: Json, plan: Json, { of }: AnyLever, value: Fraction): void {
	// Written as a plain number of the file; JSON numbers of these few digits are read by their text.
	const number = Number(toExact(value));
	const put = (into: Json, key: string, kind: string | null): void => {
		if (kind === null) into[key] = number;
		else into[key] = { ...(into[key] as Json), [kind]: number };
	};
	switch (of.in) {
		case 'grades':
			keyed(scheme, 'grades', of.key)['at_least'] = number;
			return;
		case 'visits':
			scheme['visits_per_quarter'] = { ...(scheme['visits_per_quarter'] as Json), [of.domain]: number };
			return;
		case 'shares':
			keyed(plan, 'tranches', of.tranche)['share'] = number;
			return;
		case 'keep':
			put(keyed(plan, 'tranches', of.tranche), 'keep', of.grade);
			return;
		case 'pool':
			return;
		default: {
			const item = keyed(scheme, of.in, of.key);
			if (of.what === 'points') return put(item, 'points', of.kind);
			const rule = item['rule'] as Json;
			if (of.band !== null) {
				const band = (rule['bands'] as Json[])[of.band - 1] ?? {};
				band[of.what === 'band' ? 'at_least' : 'points'] = number;
			} else put(rule, of.what, of.kind ?? of.part);
		}
	}
}

/** A value that a lever may have. */
function drawn(dice: Dice, { form, most, value }: AnyLever): Fraction {
	if (form === 'count') return whole(dice.between(0, Number(most?.n ?? 3n)));
	if (form === 'share') return decimal(String(dice.decimal(0, 100, 100)));
	if (form === 'yuan') return multiply(value, whole(dice.between(0, 3)));
	return decimal(String(dice.decimal(0, Math.max(20, Number(value.n / value.d) * 20), 10)));
}

/** Some levers with other values, as few of them as must be left out for the linter to find nothing. */
function randomScenario(dice: Dice, base: WhatIfBase, pool: Fen): Scenario {
	const levers = leversOf(base, pool);
	let scenario: Scenario = new Map();
	for (const lever of dice.some(levers, 1, 8)) {
		const value = drawn(dice, lever);
		const next = moved(new Map([...scenario, [lever.path, value]]), levers);
		if (within(lever, value) && rulesOf(base, pool, next).faults.length === 0) scenario = next;
	}
	return scenario;
}

async function outcome<T>(work: () => T | Promise<T>): Promise<T | string> {
	try {
		return await work();
	} catch (problem) {
		if (problem instanceof Problem) return problem.code;
		throw problem;
	}
}

async function compareSeed(seed: number, kinds: Set<string>): Promise<void> {
	const county = randomCounty(seed);
	const raw = randomScheme(seed, county);
	const rawPlan = randomPlan(seed, county, raw);
	await inFolder(async (folder) => {
		const save = (name: string, json: unknown): string => {
			writeFileSync(join(folder, name), JSON.stringify(json, null, 1));
			return join(folder, name);
		};
		mkdirSync(join(folder, 'exports'));
		const files = exportFiles(county).map(({ name, text }) => {
			writeFileSync(join(folder, 'exports', name), text);
			return join(folder, 'exports', name);
		});
		const warehouse = await openWarehouse(join(folder, 'home'), { create: true, engineName: 'memory' });
		try {
			const options = {
				today: parseIsoDay('2026-04-30') as Day,
				now: '2026-04-30T08:00:00.000Z',
				locale: 'zh'
			} as const;
			await importPaths(warehouse, files, {}, options, actor);
			const scheme = loadScheme(save('scheme.json', raw), null, 'zh');
			const plan = loadPlan(save('plan.json', rawPlan), null, 'zh');
			const { from, to } = scheme.periods;
			const inForce = (id: string): boolean => (!from || periodId(from) <= id) && (!to || periodId(to) >= id);
			const quarter = ['2025Q2', '2025Q3', '2025Q4', '2025Q1'].find(inForce);
			const year = scheme.annual.method === 'direct' && !(inForce('2025Q1') && inForce('2025Q4')) ? [] : ['2025'];
			for (const id of [...(quarter ? [quarter] : []), ...year]) {
				const period = parsePeriod(id) as Period;
				const base = await whatIfBase(lookAt(warehouse, folder), rulesAs(scheme), { plan, period }, actor);
				const dice = diceOf(seed, `scenario ${id}`);
				const pool = fen(randomPool(seed));
				const known: RunBefore = new Map();
				const sent = unpackBase(packBase(base));
				expect(sent).toEqual(base);
				for (let i = 0; i < scenariosEach; i++) {
					const scenario = randomScenario(dice, base, pool);
					const levers = leversOf(sent, pool);
					expect(readScenario(writeScenario(scenario), levers)).toEqual({ scenario, refused: [] });
					const [editedScheme, editedPlan] = [structuredClone(raw), structuredClone(rawPlan)] as unknown as [
						Json,
						Json
					];
					for (const lever of levers) {
						const value = scenario.get(lever.path);
						if (!value) continue;
						edit(editedScheme, editedPlan, lever, value);
						kinds.add('what' in lever.of ? lever.of.what : lever.of.in);
					}
					const { rules } = rulesOf(sent, pool, scenario);
					const official = {
						scheme: loadScheme(save('scheme2.json', editedScheme), null, 'zh'),
						plan: loadPlan(save('plan2.json', editedPlan), null, 'zh')
					};
					const scored = await scorePeriod(warehouse, official.scheme, period, actor);
					const answer = runWhatIf(sent, { ...rules, plan: null }, known);
					const picked = ({ code, score, grade, rank, ranked, provisional }: Standing) => ({
						code,
						score,
						grade,
						rank,
						ranked,
						provisional
					});
					expect(answer.standings.map(picked)).toEqual(scored.scores.map(picked));
					if (base.parts === null)
						expect(
							answer.windows[0]?.map(({ indicators, bonuses, vetoes }) => ({ indicators, bonuses, vetoes }))
						).toEqual(
							scored.scores.map((score) => {
								if (!('indicators' in score)) throw new TypeError('no indicators');
								const { indicators, bonuses, vetoes } = score;
								return { indicators, bonuses, vetoes };
							})
						);
					const money = await outcome(() => runWhatIf(sent, rules, known).allocation);
					const paid = await outcome(
						async () =>
							(await allocateFund(warehouse, { ...official, period, pool: rules.pool ?? pool, advances: null }, actor))
								.allocation
					);
					expect(money).toEqual(paid);
				}
			}
		} finally {
			await warehouse.engine.close();
		}
	});
}

const lookAt = ({ engine }: Warehouse, home: string): Look => ({
	home,
	engine,
	facts: 1,
	recall: (_, compute) => compute()
});
const rulesAs = (scheme: WhatIfBase['scheme']) => ({ scheme, identity: identityOf(scheme), pinned: true, known: [] });

describe('a what-if', () => {
	it('gives what the edited scheme and plan give over the facts, in every figure', { timeout: 1_200_000 }, async () => {
		const kinds = new Set<string>();
		for (let seed = 0; seed < counties; seed++) await compareSeed(seed, kinds);
		// What a few counties happen to move is enough to know that something was moved of each sort.
		for (const kind of ['points', 'target', 'grades', 'visits', 'keep', 'pool', 'minus']) expect(kinds).toContain(kind);
	});
});
