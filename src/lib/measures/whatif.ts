/** 测算: tallies as they would be under other required visits or other points, worked out from the tally alone. */
import { type ByKind, forKind } from '../basis/by-kind.ts';
import { add, type Fraction, larger, subtract, whole, zero } from '../basis/fraction.ts';
import { mostVisits } from './catalogue/register.ts';
import { type Tally, withShort } from './declare.ts';

/** Visits that a quarter asks of a domain's subjects: 1 where nothing is said (rules.md, 3). */
type VisitsPerQuarter = Readonly<Record<string, number>>;

/**
 * The most visits a quarter of which a kept distribution can tell how many were met: beyond it, those who were visited
 * 12 times or more would have to be told apart.
 * @param quarters of the window
 */
export function mostVisitsPerQuarter(quarters: number): number {
	const asked = Math.max(1, quarters);
	return (mostVisits - (mostVisits % asked)) / asked;
}

/**
 * A tally of `patrol_completion` under other required visits. Subjects with a number of their own stand in n and d, and
 * are not moved.
 * @param domains those that the scheme asks for; null for all
 * @param quarters of the window
 */
export function withVisits(
	tally: Tally,
	before: VisitsPerQuarter,
	after: VisitsPerQuarter,
	domains: readonly string[] | null,
	quarters: number
): Tally {
	let [n, d] = [0, 0];
	for (const [domain, subjects] of Object.entries(tally.visits ?? {})) {
		if (domains && !domains.includes(domain)) continue;
		const [was, is] = [(before[domain] ?? 1) * quarters, (after[domain] ?? 1) * quarters];
		if (was === is) continue;
		for (const [visits, count] of subjects.entries()) {
			n += count * (Math.min(visits, is) - Math.min(visits, was));
			d += count * (is - was);
		}
	}
	if (n === 0 && d === 0) return tally;
	return counted(tally, add(tally.n, whole(n)), add(tally.d, whole(d)));
}

function counted(tally: Tally, n: Fraction, d: Fraction): Tally {
	return { ...tally, n, d, parts: withShort(n, d, without(tally.parts)), state: d.n === 0n ? 'empty' : 'ok' };
}

const without = ({ short, ...parts }: Tally['parts']): Tally['parts'] => (void short, parts);

/** A tally of `mark` or `deductions`, whose denominator is the indicator's points, under other points. */
export function withPoints(
	measure: 'mark' | 'deductions',
	tally: Tally,
	points: ByKind<Fraction>,
	kind: string | null
): Tally {
	if (tally.state === 'not_applicable') return tally;
	const d = forKind(points, kind);
	const n = measure === 'mark' ? tally.n : larger(zero, subtract(d, tally.parts['minus'] ?? zero));
	return { ...tally, n, d, parts: withShort(n, d, without(tally.parts)) };
}
