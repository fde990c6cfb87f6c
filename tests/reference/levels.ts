/**
 * Levels above the township (section 4 of design/rules.md): n, d and parts of the units are summed and scored by the same
 * rules; rules that count in points see the sum per unit. Or the units' scores are weighed by population.
 */
import type { Fraction } from './exact.ts';
import { add, compare, divide, exact, fixed, fraction, multiply, roundHalfUp, sum, ZERO } from './exact.ts';
import type { County, TownshipRow } from './rows.ts';
import type { Scheme } from './scheme.ts';
import type { TownshipScore } from './score.ts';
import {
	gradeOf,
	partScores,
	periodScore,
	ranked,
	sourceOf,
	type Source,
	townshipsListed,
	yearScore
} from './score.ts';
import type { Tally } from './tallies.ts';

interface Level {
	readonly row: TownshipRow;
	readonly members: readonly TownshipRow[];
}

function levelsOf(county: County, scheme: Scheme, period: string, digits: number): Level[] {
	const listed = townshipsListed(county, scheme, period);
	return [...new Set(listed.map(({ code }) => code.slice(0, digits)))].sort().map((code) => {
		const members = listed.filter((row) => row.code.startsWith(code));
		const kind = members.every((row) => row.kind === members[0]?.kind) ? (members[0]?.kind ?? null) : null;
		const row: TownshipRow = {
			code,
			name: code,
			institution: null,
			population: null,
			kind,
			min_staff: null,
			as_of: null,
			merged_into: null,
			ended_on: null
		};
		return { row, members };
	});
}

/** Σ over the units that have a figure: as shown, and per unit as the rules see it. */
function pool(found: readonly Tally[], missing = 'excluded'): ReturnType<Source> {
	if (found.length === 0) return null;
	// A figure that is missing counts where its policy says what it is worth: nothing, or all of it.
	const worth = found.map((tally) =>
		tally.state === 'missing' && missing === 'full' ? { ...tally, n: tally.d } : tally
	);
	const known = found.some(({ state }) => state !== 'missing')
		? worth.filter(({ state }) => state !== 'missing' || missing === 'zero' || missing === 'full')
		: [];
	const of = known.length > 0 ? known : found;
	const parts = [...new Set(of.flatMap((tally) => Object.keys(tally.parts)))];
	const summed = (each: (tally: Tally) => Fraction, by: bigint): Fraction => divide(sum(of.map(each)), fraction(by));
	const made = (by: bigint): Tally => ({
		n: summed(({ n }) => n, by),
		d: summed(({ d }) => d, by),
		parts: Object.fromEntries(parts.map((part) => [part, summed((tally) => tally.parts[part] ?? ZERO, by)])),
		state: known.length === 0 ? 'missing' : known.some(({ state }) => state === 'ok') ? 'ok' : 'empty'
	});
	return {
		...made(BigInt(of.length)),
		shown: made(1n),
		incomplete: known.length > 0 && known.length < found.length
	};
}

function pooledScores(county: County, scheme: Scheme, period: string, digits: number): TownshipScore[] {
	return ranked(
		{ ...scheme, rank_within: 'all' },
		levelsOf(county, scheme, period, digits).map(({ row, members }) => {
			const sources = members.map((member) => sourceOf(county, scheme, member, period));
			return periodScore(scheme, row, (...asked) =>
				pool(
					sources.flatMap((source) => source(...asked) ?? []),
					asked[4]
				)
			);
		})
	);
}

/** Every level's result for a period, by code. */
export function levelScores(county: County, scheme: Scheme, period: string, digits: number): TownshipScore[] {
	const year = /^\d{4}$/.test(period);
	if (!year || scheme.annual?.method === 'direct' || scheme.frequency === 'year')
		return pooledScores(county, scheme, period, digits);
	const names = scheme.frequency === 'half' ? ['H1', 'H2'] : ['Q1', 'Q2', 'Q3', 'Q4'];
	const parts = names.map((name) => ({
		name,
		found: partScores(county, scheme, `${period}${name}`, (part) => pooledScores(county, scheme, part, digits))
	}));
	return ranked(
		{ ...scheme, rank_within: 'all' },
		levelsOf(county, scheme, period, digits).map(({ row }) =>
			yearScore(
				scheme,
				row,
				parts.map(({ name, found }) => ({ name, score: found.find(({ code }) => code === row.code) }))
			)
		)
	);
}

/** Every level's mean of the given scores of its townships, weighed by population; null where a population lacks. */
export function levelMeans(
	county: County,
	scheme: Scheme,
	period: string,
	digits: number,
	own: readonly TownshipScore[]
): { code: string; score: string | null; grade: string; rank: number | null; provisional: boolean }[] | null {
	const rows: { code: string; score: Fraction | null; grade: string; provisional: boolean }[] = [];
	for (const { row, members } of levelsOf(county, scheme, period, digits)) {
		let [weighted, people] = [ZERO, ZERO];
		for (const member of members) {
			const score = own.find(({ code }) => code === member.code)?.score ?? null;
			if (score === null) continue;
			if (member.population === null) return null;
			weighted = add(weighted, multiply(exact(score), exact(member.population)));
			people = add(people, exact(member.population));
		}
		const score = compare(people, ZERO) > 0 ? roundHalfUp(divide(weighted, people), 4) : null;
		rows.push({
			code: row.code,
			score,
			grade: gradeOf(scheme, score),
			provisional: members.some((member) => {
				const unit = own.find(({ code }) => code === member.code);
				return !unit || unit.score === null || unit.provisional;
			})
		});
	}
	return rows.map(({ score, ...rest }) => ({
		...rest,
		score: score && fixed(score, 4),
		rank: score ? 1 + rows.filter((other) => other.score && compare(other.score, score) > 0).length : null
	}));
}
