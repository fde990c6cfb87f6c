/** Reads a plan from its tree; whatever is wrong becomes a finding with its line. */
import { type Fen, fen } from '../basis/fen.ts';
import {
	compare,
	divide,
	type Fraction,
	floor,
	multiply,
	one,
	subtract,
	sum,
	toExact,
	toFixed,
	whole,
	zero
} from '../basis/fraction.ts';
import { Findings, Reader } from '../basis/read-node.ts';
import type { Finding, Tree } from '../basis/tree.ts';
import { awardedFactor, factorNames, type Plan, type Tranche } from './plan.ts';

/** A plan that was read, and all findings; with an error among them it must not be used. */
export interface ReadPlan {
	readonly plan: Plan;
	readonly findings: readonly Finding[];
	readonly usable: boolean;
}

/** Reads and checks a plan. */
export function readPlan(tree: Tree): ReadPlan {
	const findings = new Findings();
	const reader = new Reader(tree, findings);
	const points = reader.map('points');
	const tables = reader.map('tables');
	const unit = reader.count('unit') ?? 1;
	const tranches = reader.list('tranches').map(trancheFrom);
	const unitOf = reader.oneOf('unit_of', ['township', 'clinic'], 'township');
	const plan: Plan = {
		id: reader.requiredText('id'),
		version: reader.text('version') ?? '1',
		name: reader.name('name', reader.text('id') ?? ''),
		unit: BigInt(unit),
		tranches: shared(tranches, reader, findings),
		gradeFactors: reader.numbers('grade_factors'),
		points: { threshold: points.number('threshold'), decimals: points.count('decimals') },
		unitOf,
		of: ofPlan(reader, unitOf),
		tables: Object.fromEntries(tables.keys().map((name) => [name, tables.numbers(name)]))
	};
	reader.text('source');
	if (unit === 0) findings.error(reader.lineOf('unit'), 'unit_zero');
	reader.node('schedule');
	points.close();
	reader.close();
	lintPlan(plan, reader, findings);
	warnOfCliffs(plan, reader, findings);
	const list = [...findings.list].sort((a, b) => a.line - b.line);
	return { plan, findings: list, usable: !findings.hasErrors };
}

function trancheFrom(reader: Reader): Tranche {
	const key = reader.requiredText('key');
	const bounds = reader.map('bounds');
	const cap = bounds.number('cap');
	const amount = reader.number('amount');
	const tranche: Tranche = {
		key,
		name: reader.name('name', key),
		share: reader.has('amount') ? zero : reader.requiredNumber('share'),
		amount: amount === null ? null : inFen(amount, reader),
		weight: reader.texts('weight') ?? [],
		keep: reader.numbers('keep'),
		withheldTo: reader.text('withheld_to'),
		only: reader.texts('only'),
		bounds: reader.has('bounds')
			? { floor: inFen(bounds.number('floor') ?? zero, bounds), cap: cap === null ? null : inFen(cap, bounds) }
			: null
	};
	bounds.close();
	if (tranche.weight.length === 0) reader.findings.error(reader.line, 'key_missing', { key: 'weight' });
	reader.close();
	return tranche;
}

/** What clinics share comes from another plan, and is shared within each township. */
function ofPlan(reader: Reader, unitOf: Plan['unitOf']): Plan['of'] {
	const own = reader.map('of');
	const of = reader.has('of') ? { plan: own.requiredText('plan'), scheme: own.requiredText('scheme') } : null;
	own.close();
	reader.oneOf('within', ['township'], 'township');
	if (unitOf === 'clinic' && of === null) reader.findings.error(reader.lineOf('unit_of'), 'key_missing', { key: 'of' });
	if (unitOf === 'township' && (of !== null || reader.has('within')))
		reader.findings.error(reader.lineOf(of === null ? 'within' : 'of'), 'only_for_clinics');
	return of;
}

/** Tranches with their shares: of fixed amounts, the amount over the sum of all. */
function shared(tranches: readonly Tranche[], reader: Reader, findings: Findings): Tranche[] {
	const fixed = tranches.filter(({ amount }) => amount !== null);
	if (fixed.length === 0) return [...tranches];
	if (fixed.length < tranches.length) {
		findings.error(reader.lineOf('tranches'), 'amounts_and_shares');
		return [...tranches];
	}
	const total = sum(fixed.map(({ amount }) => whole(amount ?? 0n)));
	return tranches.map((tranche) => ({
		...tranche,
		share: total.n === 0n ? zero : divide(whole(tranche.amount ?? 0n), total)
	}));
}

/** Yuan of a plan in fen; finer than a fen is an error. */
function inFen(yuan: Fraction, reader: Reader): Fen {
	const amount = multiply(yuan, whole(100));
	if (amount.d !== 1n || amount.n < 0n) reader.findings.error(reader.line, 'amount_invalid', { amount: toExact(yuan) });
	return fen(floor(amount));
}

/** Checks a plan as a whole; what concerns single values was found while reading. */
export function lintPlan(plan: Plan, reader: Reader, findings: Findings): void {
	const line = reader.lineOf('tranches');
	const shares = sum(plan.tranches.map(({ share }) => share));
	if (compare(shares, one) !== 0) findings.error(line, 'shares_not_one', { sum: toExact(shares) });
	const keys = plan.tranches.map(({ key }) => key);
	const factors = [...factorNames, ...Object.keys(plan.tables)];
	for (const [index, { key, share, weight, keep, withheldTo, bounds }] of plan.tranches.entries()) {
		if (keys.indexOf(key) !== index) findings.error(line, 'key_twice', { key });
		if (compare(share, zero) < 0) findings.error(line, 'share_negative', { tranche: key });
		for (const factor of weight)
			if (!factors.includes(factor) && !awardedFactor.test(factor))
				findings.error(line, 'factor_unknown', { factor, known: [...factors, 'awarded.KEY'].join(', ') });
		if (weight.includes('grade') && Object.keys(plan.gradeFactors).length === 0)
			findings.error(line, 'grade_factors_missing', { tranche: key });
		for (const [grade, part] of Object.entries(keep))
			if (compare(part, zero) < 0 || compare(part, one) > 0)
				findings.error(line, 'keep_outside', { tranche: key, grade });
		if (withheldTo !== null && keys.indexOf(withheldTo) <= index)
			findings.error(line, 'withheld_to_not_later', { tranche: key, to: withheldTo });
		const limits = bounds ? [bounds.floor, ...(bounds.cap === null ? [] : [bounds.cap])] : [];
		if (plan.unit > 0n && limits.some((limit) => limit % plan.unit !== 0n))
			findings.error(line, 'bounds_not_in_units', { tranche: key });
		if (bounds && bounds.cap !== null && bounds.floor > bounds.cap)
			findings.error(line, 'bounds_crossed', { tranche: key });
	}
}

/** The part of its money that a unit may lose at one step before people will argue about it. */
const tenth: Fraction = { n: 1n, d: 10n };

/** Names the steps at which a unit loses more than a tenth of what it would have got: a grade, or the threshold of points. */
function warnOfCliffs(plan: Plan, reader: Reader, findings: Findings): void {
	const percent = (share: Fraction): string => toFixed(multiply(share, whole(100)), 2);
	const { threshold } = plan.points;
	const corrected = sum(plan.tranches.flatMap(({ weight, share }) => (usesCoefficient(weight) ? [share] : [])));
	if (threshold !== null) {
		const lost = multiply(corrected, subtract(one, threshold));
		if (compare(lost, tenth) > 0)
			findings.warning(reader.lineOf('points'), 'cliff_threshold', { at: percent(threshold), lost: percent(lost) });
	}
	const grades = [...new Set(plan.tranches.flatMap(({ keep }) => Object.keys(keep)))].filter((key) => key !== 'none');
	for (const [index, grade] of grades.entries()) {
		// What a plan does not name keeps all.
		const better = grades[index - 1] ?? '…';
		const lost = sum(
			plan.tranches.map(({ keep, share }) => multiply(share, subtract(keep[better] ?? one, keep[grade] ?? one)))
		);
		if (compare(lost, tenth) > 0)
			findings.warning(reader.lineOf('tranches'), 'cliff_keep', { better, grade, lost: percent(lost) });
	}
}

const usesCoefficient = (weight: readonly string[]): boolean =>
	weight.includes('points') || weight.includes('coefficient');
