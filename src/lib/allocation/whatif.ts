/** 测算: the numbers of a plan that may be moved, and the plan with some of them moved (rules.md, 5). */
import { one } from '../basis/fraction.ts';
import { leverPath, type Move } from '../basis/lever.ts';
import { Findings, Reader } from '../basis/read-node.ts';
import type { Finding } from '../basis/tree.ts';
import type { Plan } from './plan.ts';
import { lintPlan } from './read-plan.ts';

/** What a lever of a plan moves: a tranche's share, or what a grade keeps of it. */
export type PlanNumber =
	| { readonly in: 'shares'; readonly tranche: string }
	| { readonly in: 'keep'; readonly tranche: string; readonly grade: string };

/**
 * The plan with its numbers moved.
 * @param grades the scheme's grades: one that a tranche does not name keeps all
 */
export function movedPlan(plan: Plan, grades: readonly string[], move: Move<PlanNumber>): Plan {
	const tranches = plan.tranches.map((tranche) => {
		const { key, only } = tranche;
		const of = { in: 'shares', tranche: key } as const;
		const share = move({ path: leverPath('share', key), value: tranche.share, form: 'share', most: one, of });
		const keep = { ...tranche.keep };
		let moved = share !== tranche.share;
		for (const grade of grades.filter((one) => only?.includes(one) ?? true)) {
			const value = tranche.keep[grade] ?? one;
			const path = leverPath('keep', key, grade);
			const kept = move({ path, value, form: 'share', most: one, of: { in: 'keep', tranche: key, grade } });
			if (kept === value) continue;
			keep[grade] = kept;
			moved = true;
		}
		return moved ? { ...tranche, share, keep } : tranche;
	});
	return { ...plan, tranches };
}

/** What is wrong with a plan whose numbers were moved, as the linter says it. */
export function faultsOfMovedPlan(plan: Plan): readonly Finding[] {
	const findings = new Findings();
	lintPlan(plan, new Reader(undefined, findings), findings);
	return findings.list.filter(({ level }) => level === 'error');
}
