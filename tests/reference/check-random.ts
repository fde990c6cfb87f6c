/**
 * Checks the random generators and the reference's own invariants over many
 * seeds.
 */
import assert from 'node:assert/strict';
import type { AllocationUnit } from './allocate.ts';
import { allocate, allocationUnits } from './allocate.ts';
import { compare, exact, sum } from './exact.ts';
import { randomCounty, randomPlan, randomPool, randomScheme } from './random.ts';
import { csvCells, readCounty } from './read-exports.ts';
import type { County } from './rows.ts';
import type { Plan, Scheme } from './scheme.ts';
import { scores } from './score.ts';
import { exportFiles } from './write-exports.ts';

const PERIODS = ['2024Q3', '2024Q4', '2025Q1', '2025Q2', '2025Q3', '2025Q4', '2025H1', '2025'];

/** How often each thing was seen. */
const seen = new Map<string, number>();
const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

/** Keys that an import tells rows apart by must be unique. */
function checkKeys(county: County): void {
	const unique = (name: string, keys: string[]) => {
		assert.equal(new Set(keys).size, keys.length, `${name}: a key comes twice`);
	};
	const ids = (rows: { township: string; id: string }[]) => rows.map(({ township, id }) => `${township}/${id}`);
	const { patrols, subjects, findings, submissions, marks, figures } = county;
	unique('subjects', ids(subjects));
	unique('patrols', ids(patrols));
	unique('findings', ids(findings));
	unique('deductions', ids(county.deductions));
	unique(
		'townships',
		county.townships.map((row) => `${row.code}/${row.as_of ?? ''}`)
	);
	unique(
		'marks',
		marks.map((row) => `${row.township}/${row.period}/${row.indicator}/${row.clinic ?? ''}`)
	);
	unique(
		'figures',
		figures.map((row) => `${row.township}/${row.period}/${row.key}`)
	);
	unique(
		'submissions',
		submissions.map((row) => [row.township, row.form, row.covers, row.submitted_on].join('/'))
	);
	const register = new Set(ids(subjects));
	for (const { township, subject } of patrols) {
		assert.ok(subject === null || register.has(`${township}/${subject}`), 'unknown subject');
	}
	const visits = new Set(ids(patrols));
	for (const { township, patrol } of findings) {
		assert.ok(visits.has(`${township}/${patrol}`), 'unknown patrol');
	}
}

/** The days that an import on 2026-04-30 takes (section 2, dates). */
function checkDays(county: County): void {
	for (const [field, value] of Object.values(county).flatMap((rows: object[]) => rows.flatMap(Object.entries))) {
		if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) continue;
		assert.ok(value >= (field === 'filed_on' || field === 'opened_on' ? '1900-01-01' : '2000-01-01'), field);
		if (['rectify_by', 'due_on', 'closed_on', 'ended_on'].includes(field)) continue;
		assert.ok(value <= '2026-04-30', `${field} ${value}`);
	}
}

/** Every number of a scheme or plan is its own plain decimal of at most 4 places. */
function checkNumbers(value: unknown): void {
	if (typeof value === 'number') assert.match(String(value), /^\d+(\.\d{1,4})?$/);
	else if (typeof value === 'object' && value !== null) Object.values(value).forEach(checkNumbers);
}

function checkScores(county: County, scheme: Scheme): void {
	for (const { rule, measure, points } of scheme.indicators) {
		note(`measure ${measure.name}`);
		note(`rule ${rule.kind}`);
		note(`window ${measure.window ?? 'none'}`);
		if (typeof points === 'object') note('points by kind');
	}
	note(`annual ${scheme.annual?.method ?? 'none'}`);
	const most = exact(scheme.max ?? scheme.full);
	for (const period of PERIODS) {
		for (const row of scores(county, scheme, period)) {
			note(row.score === null ? 'score none' : 'score');
			if (row.provisional) note('provisional');
			note(`grade ${row.grade}`);
			row.vetoes?.forEach(() => note('veto struck'));
			row.bonuses?.forEach(({ awarded }) => note(Number(awarded) > 0 ? 'bonus' : 'bonus of 0'));
			row.indicators?.forEach(({ state, awarded }) => note(`state ${state}${awarded === null ? ', excluded' : ''}`));
			if (row.score !== null) {
				assert.ok(compare(exact(row.score), most) <= 0, 'above the most');
				if (Number(row.score) === 0) note('score 0');
				if (exact(row.score).n === most.n) note('score most');
			}
			assert.equal(row.rank === null, row.score === null);
			row.quarters?.forEach((quarter) => note(quarter === null ? 'quarter absent' : 'quarter'));
		}
	}
}

function checkAllocation(plan: Plan, units: AllocationUnit[], pool: bigint, scheme: Scheme): void {
	const unit = BigInt(plan.unit ?? 1);
	assert.equal(compare(sum(plan.tranches.map(({ share }) => exact(share))), exact(1)), 0);
	try {
		const { tranches, townships, carriedOverFen } = allocate(plan, units, pool, scheme.full);
		const paid = townships.reduce((all, { dueFen }) => all + dueFen, 0n);
		assert.equal(paid + carriedOverFen, pool, 'paid and carried over are the pool');
		assert.ok(carriedOverFen >= 0n);
		assert.equal(tranches.length, plan.tranches.length);
		for (const { dueFen, byTranche } of townships) {
			assert.equal(
				dueFen,
				Object.values(byTranche).reduce((all, fen) => all + fen, 0n)
			);
			assert.ok(Object.values(byTranche).every((fen) => fen >= 0n && fen % unit === 0n));
		}
		for (const { key, bounds, keep } of plan.tranches) {
			const given = townships.flatMap(({ byTranche }) => byTranche[key] ?? []);
			if (bounds?.cap == null) continue;
			const cap = exact(bounds.cap);
			note('capped tranche');
			assert.ok(given.every((fen) => compare(exact(fen), { n: cap.n * 100n, d: cap.d }) <= 0));
			const floor = exact(bounds.floor ?? 0);
			if (keep || given.every((fen) => fen === 0n)) continue;
			assert.ok(given.every((fen) => compare(exact(fen), { n: floor.n * 100n, d: floor.d }) >= 0));
		}
		const reversed = allocate(plan, [...units].reverse(), pool, scheme.full);
		assert.deepEqual(reversed, { tranches, townships, carriedOverFen }, 'the order of rows');
		note(carriedOverFen === 0n ? 'allocated' : 'allocated, some carried over');
	} catch (problem) {
		if (!(problem instanceof Error) || problem instanceof assert.AssertionError) throw problem;
		assert.match(problem.message, /^(missing_weight|infeasible_bounds)$/);
		note(`error ${problem.message}`);
	}
}

/** Everything for one seed; a seed that fails is named. */
export function checkSeed(seed: number): void {
	const county = randomCounty(seed);
	const scheme = randomScheme(seed, county);
	const plan = randomPlan(seed, county, scheme);
	assert.deepEqual(randomCounty(seed), county, 'the same seed, the same county');
	checkKeys(county);
	checkDays(county);
	checkNumbers(scheme);
	checkNumbers(plan);
	const sheets = exportFiles(county).map(({ name, text }) => [name.replace('.csv', ''), csvCells(text)] as const);
	assert.deepEqual(readCounty(new Map(sheets)), county, 'written and read again');
	checkScores(county, scheme);
	checkAllocation(plan, allocationUnits(county, scheme, '2025'), randomPool(seed), scheme);
}
