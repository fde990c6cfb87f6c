/** What people enter by hand for a scheme: marks, deductions, figures and spot checks (rules.md, 2 and 3). */
import { forKind } from '../basis/by-kind.ts';
import type { Bilingual } from '../basis/codes.ts';
import { compare, type Fraction } from '../basis/fraction.ts';
import { applies, type ScoredUnit } from './score.ts';
import type { Bonus, Indicator, Scheme, Veto } from './scheme.ts';

/** The kinds of fact that are entered. */
export const entryKinds = ['mark', 'deduction', 'figure', 'spot_check'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Something to enter: one fact, or several, for each unit and period. Indicators may share it. */
export interface Enterable {
	readonly kind: EntryKind;
	/** The indicator or figure that the facts name. Spot checks name none: all that ask for them share them. */
	readonly key: string;
	readonly name: Bilingual;
	/** The indicators, bonuses and vetoes that read it, the first of the scheme first. */
	readonly owners: readonly (Indicator | Bonus | Veto)[];
}

const kindOf: Readonly<Record<string, EntryKind>> = {
	mark: 'mark',
	deductions: 'deduction',
	figure: 'figure',
	authenticity: 'spot_check'
};

/** What asks for them has a name of what it concludes, as 弄虚作假. */
const spotChecks: Bilingual = { zh: '稽查抽查', en: 'Spot checks' };

function keyOf({ key, measure }: Indicator | Bonus | Veto, kind: EntryKind): string {
	if (kind === 'spot_check') return measure.name;
	return (kind === 'figure' ? measure.key : measure.indicator) ?? key;
}

/** Everything that a scheme wants entered, in its own order. */
export function enterablesOf({ indicators, bonuses, vetoes }: Scheme): Enterable[] {
	const found = new Map<string, Enterable>();
	for (const owner of [...indicators, ...bonuses, ...vetoes]) {
		const kind = kindOf[owner.measure.name];
		if (!kind) continue;
		const key = keyOf(owner, kind);
		const id = `${kind} ${key}`;
		const known = found.get(id);
		const name = kind === 'spot_check' ? spotChecks : owner.name;
		found.set(id, { kind, key, name: known?.name ?? name, owners: [...(known?.owners ?? []), owner] });
	}
	return [...found.values()];
}

/** Whether anything that reads it is for this unit. */
export const isFor = ({ owners }: Enterable, unit: ScoredUnit): boolean =>
	owners.some((owner) => !('appliesTo' in owner) || applies(owner, unit));

/**
 * The most that a mark, or a sum of deductions, can be for a unit: the points of the indicator for its kind, and of
 * several that share it the highest. Null where nothing bounds it.
 */
export function pointsFor({ kind, owners }: Enterable, unit: ScoredUnit): Fraction | null {
	if (kind !== 'mark' && kind !== 'deduction') return null;
	let most: Fraction | null = null;
	for (const owner of owners) {
		if (!('points' in owner) || ('appliesTo' in owner && !applies(owner, unit))) continue;
		const points = forKind(owner.points, unit.kind);
		if (most === null || compare(points, most) > 0) most = points;
	}
	return most;
}
