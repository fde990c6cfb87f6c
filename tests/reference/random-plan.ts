/** Random fund plans for the grades and townships of a random scheme and county. */
import type { Dice } from './dice.ts';
import { diceOf } from './dice.ts';
import type { County } from './rows.ts';
import type { Plan, Scheme, Tranche } from './scheme.ts';

/** The pool of a seed in fen, mostly with odd fen; now and then next to nothing. */
export function randomPool(seed: number): bigint {
	const dice = diceOf(seed, 'pool');
	if (dice.chance(1, 20)) return BigInt(dice.between(0, 2000));
	return BigInt(dice.between(500_000, 200_000_000));
}

/** The plan of a seed; its bounds are sized for `randomPool` of the same seed. */
export function randomPlan(seed: number, county: County, scheme: Scheme): Plan {
	const dice = diceOf(seed, 'plan');
	const codes = [...new Set(county.townships.map(({ code }) => code))];
	const grades = [...scheme.grades.map(({ key }) => key), 'none'];
	const unit = dice.pick([1, 1, 100, 10_000]);
	const count = dice.between(1, 4);
	const shares = randomShares(dice, count);
	const keys = ['advance', 'performance', 'reward', 'rest'].slice(0, count);

	// A township without a population makes every plan that names it an error:
	// that should happen, but not most of the time.
	const peopled = county.townships.every(({ population }) => population !== null);
	const names = ['score', 'workload', 'equal', 'grade', 'points', 'distance'];
	if (peopled || dice.chance(1, 6)) names.push('population', 'population', 'population');

	const tranches = keys.map((key, index): Tranche => {
		const weight = dice.some(names, 1, dice.pick([1, 2, 3]));
		const tranche: Tranche = { key, share: shares[index] ?? 0, weight: [...new Set(weight)] };
		if (dice.chance(1, 2)) {
			const kept = dice.some(grades, 1, grades.length);
			tranche.keep = Object.fromEntries(kept.map((grade) => [grade, dice.pick([1, 1, 0.9, 0.85, 0.5, 0.3333, 0])]));
			const later = keys.slice(index + 1);
			if (later.length > 0 && dice.chance(2, 3)) tranche.withheld_to = dice.pick(later);
		}
		if (dice.chance(1, 4)) tranche.only = dice.some(grades, 1, grades.length - 1);
		if (dice.chance(1, 3)) {
			tranche.bounds = randomBounds(dice, seed, tranche, codes.length, unit);
		}
		return tranche;
	});

	const plan: Plan = { id: `random-plan-${String(seed)}`, name: { zh: '随机方案' }, unit, tranches };
	const named = tranches.flatMap(({ weight }) => weight);
	if (named.includes('points') && dice.chance(4, 5)) {
		plan.points = {
			...(dice.chance(3, 4) ? { threshold: dice.pick([0.6, 0.75, 0.85, 0.9]) } : {}),
			decimals: dice.pick([4, 4, 2, 0])
		};
	}
	if (named.includes('grade')) {
		plan.grade_factors = Object.fromEntries(
			grades.map((grade) => [grade, grade === 'none' ? 0 : dice.decimal(0, 12, 10)])
		);
	}
	if (named.includes('distance')) {
		const values = codes.map((code) => [code, dice.chance(1, 8) ? 0 : dice.decimal(1, 400, 10)]);
		plan.tables = { distance: Object.fromEntries(values) as Record<string, number> };
	}
	return plan;
}

/** So many shares of at most 4 decimals that sum to 1, each above 0. */
function randomShares(dice: Dice, count: number): number[] {
	let left = 10_000;
	return Array.from({ length: count }, (_, index) => {
		const after = count - index - 1;
		const part = after === 0 ? left : dice.between(1, left - after);
		left -= part;
		return dice.decimal(part, part, 10_000);
	});
}

/** A floor and a cap in yuan around the even share, multiples of the unit. */
function randomBounds(
	dice: Dice,
	seed: number,
	{ share }: Tranche,
	townships: number,
	unit: number
): { floor?: number; cap?: number | null } {
	const even = Math.floor((Number(randomPool(seed)) * Number(share)) / townships);
	const yuan = (percent: number): number => {
		const fen = Math.floor((even * percent) / 100 / unit) * unit;
		return dice.decimal(fen, fen, 100);
	};
	const floor = dice.chance(1, 3) ? 0 : yuan(dice.pick([10, 30, 50, 60, 80, 80, 110]));
	if (dice.chance(1, 4)) return { floor, cap: null };
	if (dice.chance(1, 5)) return { floor };
	return { floor, cap: yuan(dice.pick([112, 120, 150, 200, 300, 300, 115])) };
}
