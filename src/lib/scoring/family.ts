/** The versions of one scheme, and which of them is in force for a period (rules.md, 4). */
import { endOf, type Period, periodsOfYear, startOf } from '../basis/period.ts';
import type { Scheme } from './scheme.ts';

/** Texts of versions by number: `2` before `10`, `1.2` before `1.10`. */
export function compareVersions(a: string, b: string): number {
	const [left, right] = [a.split('.'), b.split('.')];
	for (let i = 0; i < Math.max(left.length, right.length); i++) {
		const [one = '', other = ''] = [left[i], right[i]];
		const numbers = /^\d+$/.test(one) && /^\d+$/.test(other);
		const difference = numbers ? Number(one) - Number(other) : one < other ? -1 : one > other ? 1 : 0;
		if (difference !== 0) return difference;
	}
	return 0;
}

/** The version that is published next: a whole number above all that there are. */
export function nextVersion(versions: readonly string[]): string {
	const numbers = versions.map((version) => Number(/^\d+/.exec(version)?.[0] ?? 0));
	return String(Math.max(0, ...numbers) + 1);
}

/** All versions of a scheme's id with itself among them, the oldest first. */
const familyOf = (scheme: Scheme): Scheme[] =>
	[scheme, ...scheme.otherVersions].sort((a, b) => compareVersions(a.version, b.version));

/**
 * The period by which it is decided which version a period is scored by: a year that is made of the scores of its
 * quarters or halves takes its grades from the version in force at its end.
 */
function decisive({ annual, frequency }: Scheme, period: Period): Period {
	if (period.kind !== 'year' || annual.method === 'direct' || frequency === 'year') return period;
	return periodsOfYear(frequency, period.year).at(-1) ?? period;
}

/** Whether the periods that a version names hold a whole period. */
const holds = ({ periods }: Scheme, period: Period): boolean =>
	(!periods.from || startOf(periods.from) <= startOf(period)) && (!periods.to || endOf(periods.to) >= endOf(period));

/**
 * The version in force for a period: its periods hold it, and no later version has begun by then. Null where there is
 * none.
 */
export function inForce(versions: readonly Scheme[], period: Period): Scheme | null {
	for (const version of [...versions].sort((a, b) => compareVersions(b.version, a.version))) {
		const { from } = version.periods;
		const at = decisive(version, period);
		if (from && startOf(from) > startOf(at)) continue;
		return holds(version, at) ? version : null;
	}
	return null;
}

/** The version of a scheme's id by which a period is scored, with the others beside it; null where none is in force. */
export function versionFor(scheme: Scheme, period: Period): Scheme | null {
	const family = familyOf(scheme);
	const version = inForce(family, period);
	if (!version || version.version === scheme.version) return version;
	return { ...version, otherVersions: family.filter((other) => other.version !== version.version) };
}

/** Whether a version of a scheme's id is in force for a period. */
export const covers = (scheme: Scheme, period: Period): boolean => versionFor(scheme, period) !== null;

/**
 * Whether a period may be scored by this very version. A year may begin before the scheme did: its earlier periods are
 * then absent from the annual score.
 */
export function mayScore(scheme: Scheme, period: Period): boolean {
	const current = versionFor(scheme, period);
	if (current) return current.version === scheme.version;
	const { from, to } = scheme.periods;
	const overlaps = (!from || startOf(from) <= endOf(period)) && (!to || endOf(to) >= startOf(period));
	return overlaps && period.kind === 'year' && scheme.annual.method !== 'direct';
}
