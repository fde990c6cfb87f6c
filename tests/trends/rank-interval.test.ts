import { describe, expect, it } from 'vitest';
import { decimal, type Fraction, one, whole } from '#lib/basis/fraction.ts';
import { drawsFrom, fnv1a } from '#lib/trends/draws.ts';
import { indistinctNeighbours, type RankedUnit, rankIntervals, replications } from '#lib/trends/rank-interval.ts';

const bits32 = 0xffffffffn;

/** The generator once more, in whole numbers of any size: sfc32 as PractRand writes it. */
function* directDraws(text: string): Generator<number> {
	let hash = 0xcbf29ce484222325n;
	for (const byte of Buffer.from(text, 'utf8')) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
	let [a, b, c, counter] = [0n, hash & bits32, hash >> 32n, 1n];
	for (let i = 0; ; i++) {
		const out = (a + b + counter) & bits32;
		counter += 1n;
		a = b ^ (b >> 9n);
		b = (c + (c << 3n)) & bits32;
		c = ((((c << 21n) & bits32) | (c >> 11n)) + out) & bits32;
		if (i >= 12) yield Number(out) / 4294967296;
	}
}

interface Plain {
	readonly group: string | null;
	readonly parts: readonly {
		readonly weight: number;
		readonly points: readonly (number | null)[];
		readonly bonus: number;
		readonly cap: number;
	}[];
}

const schemePoints = [40, 25, 20, 15];

/** The intervals straight from the words of the rule: draw, rescale to the same sum, score, count who is ahead. */
function direct(units: readonly Plain[], seed: string): ([number, number] | null)[] {
	const draws = directDraws(seed);
	const ranks: number[][] = units.map(() => []);
	for (let run = 0; run < 1000; run++) {
		const drawn = schemePoints.map((points) => points * (0.75 + 0.5 * (draws.next().value as number)));
		const sum = drawn.reduce((a, b) => a + b);
		const weights = drawn.map((weight) => (weight * 100) / sum);
		const scores = units.map(({ parts }) => {
			if (parts.length === 0) return null;
			const own = parts.map(({ points, bonus, cap }) => {
				let [won, all] = [0, 0];
				for (const [j, awarded] of points.entries()) {
					if (awarded === null) continue;
					won += ((weights[j] as number) * awarded) / (schemePoints[j] as number);
					all += weights[j] as number;
				}
				return Math.min(Number(((won / all) * 100).toFixed(4)) + bonus, cap);
			});
			const all = parts.reduce((total, { weight }) => total + weight, 0);
			return Number((own.reduce((total, score, i) => total + score * (parts[i]?.weight ?? 0), 0) / all).toFixed(4));
		});
		for (const [i, score] of scores.entries()) {
			if (score === null) continue;
			const ahead = scores.filter(
				(other, j) => other !== null && units[j]?.group === units[i]?.group && other > score
			).length;
			ranks[i]?.push(ahead + 1);
		}
	}
	return ranks.map((own) => {
		if (own.length === 0) return null;
		const sorted = own.sort((a, b) => a - b);
		// Type 7: the 5th percentile of a thousand lies at place 49.95 from 0, the 95th at 949.05.
		const at = (place: number): number => sorted[place] as number;
		return [Math.floor((5 * at(49) + 95 * at(50)) / 100), Math.ceil((95 * at(949) + 5 * at(950)) / 100)];
	});
}

const exact = (units: readonly Plain[]): RankedUnit[] =>
	units.map(({ group, parts }) => ({
		group,
		parts: parts.map(({ weight, points, bonus, cap }) => ({
			weight: decimal(String(weight)),
			indicators: points.map((awarded, j) => ({
				awarded: awarded === null ? null : decimal(String(awarded)),
				of: whole(schemePoints[j] as number)
			})),
			bonuses: [decimal(String(bonus))],
			caps: [whole(100), decimal(String(cap))]
		}))
	}));

const unit = (points: (number | null)[], group: string | null = null, bonus = 0, cap = 100): Plain => ({
	group,
	parts: [{ weight: 1, points, bonus, cap }]
});
const full: Fraction = whole(100);
const plain = (units: readonly Plain[], seed: string): ([number, number] | null)[] =>
	rankIntervals(exact(units), full, seed).map((interval) => interval && [interval.low, interval.high]);

describe('the generator of the draws', () => {
	it('hashes as FNV-1a does by its published answers', () => {
		expect(fnv1a('').toString(16)).toBe('cbf29ce484222325');
		expect(fnv1a('a').toString(16)).toBe('af63dc4c8601ec8c');
		expect(fnv1a('foobar').toString(16)).toBe('85944171f73967e8');
	});

	it('draws as sfc32 does when it is written in whole numbers of any size', () => {
		const [draw, expected] = [drawsFrom('新北\n1\n2025Q1'), directDraws('新北\n1\n2025Q1')];
		for (let i = 0; i < 200; i++) expect(draw()).toBe(expected.next().value);
	});
});

describe('a rank interval', () => {
	it('draws other weights for another version or period', () => {
		const firsts = ['x\n1\n2025Q1', 'x\n2\n2025Q1', 'x\n1\n2025Q2'].map((seed) => drawsFrom(seed)());
		expect(new Set(firsts).size).toBe(3);
	});

	const units = [
		unit([38, 20, 18, 12]),
		unit([30, 25, 20, 15]),
		unit([40, 18, 17.25, 13.5], null, 0.4),
		unit([40, 25, null, 5]),
		unit([36.5, 22, 15, 14], null, 3, 88),
		unit([20, 25, 20, 15]),
		unit([40, 5, 20, 15], null, 2.5),
		{ group: null, parts: [] }
	];

	it('is what the words of the rule give, computed directly', () => {
		for (const seed of ['a\n1\n2025Q1', 'a\n1\n2025Q2', 'a\n2\n2025Q1'])
			expect(plain(units, seed)).toEqual(direct(units, seed));
	});

	it('ranks within the kind where the units have groups', () => {
		const kinds = units.map((one, i) => ({ ...one, group: i % 2 === 0 ? 'town' : 'street' }));
		expect(plain(kinds, 's')).toEqual(direct(kinds, 's'));
		expect(plain(kinds, 's').every((interval) => interval === null || interval[1] <= 4)).toBe(true);
	});

	it('averages the periods of a year under one draw, those that a unit has', () => {
		const year = units.slice(0, 5).map((one, i): Plain => ({
			group: null,
			parts: [one, units[(i + 2) % 5], units[(i + 3) % 5]].flatMap((part, j) =>
				part && (i !== 1 || j !== 2) ? part.parts.map((own) => ({ ...own, weight: j === 0 ? 0.5 : 0.25 })) : []
			)
		}));
		expect(plain(year, 'year')).toEqual(direct(year, 'year'));
	});

	it('is one place where a unit is better in everything, and ties whoever has the same points', () => {
		const [best, same, worst] = [unit([40, 25, 20, 15]), unit([31.3, 17.7, 11.1, 9.9]), unit([10, 10, 10, 10])];
		expect(plain([worst, same, best, same], 's')).toEqual([
			[4, 4],
			[2, 2],
			[1, 1],
			[2, 2]
		]);
	});

	it('ties those who won all that was asked of them, whatever was excluded', () => {
		expect(plain([unit([40, null, 20, 15]), unit([null, 25, 20, null]), unit([40, 25, 20, 14.9])], 's')).toEqual([
			[1, 1],
			[1, 1],
			[3, 3]
		]);
	});

	it('holds a vetoed unit at its cap', () => {
		expect(plain([unit([40, 25, 20, 15], null, 0, 60), unit([28, 17.5, 14, 10.5])], 's')).toEqual([
			[2, 2],
			[1, 1]
		]);
	});

	it('spans both places of two units that are better in one indicator each', () => {
		const weights: RankedUnit['parts'][number]['weight'] = one;
		const crossed = (points: [number, number]): RankedUnit => ({
			group: null,
			parts: [
				{
					weight: weights,
					indicators: points.map((awarded) => ({ awarded: whole(awarded), of: whole(50) })),
					bonuses: [],
					caps: [whole(100)]
				}
			]
		});
		expect(replications).toBe(1000);
		expect(rankIntervals([crossed([50, 40]), crossed([40, 50])], full, 's')).toEqual([
			{ low: 1, high: 2 },
			{ low: 1, high: 2 }
		]);
	});
});

describe('neighbours in the order of ranks', () => {
	it('cannot be told apart where their intervals overlap, be it in one place', () => {
		const intervals = [
			{ low: 1, high: 1 },
			{ low: 2, high: 4 },
			{ low: 2, high: 5 },
			{ low: 5, high: 6 },
			{ low: 7, high: 7 }
		];
		expect(indistinctNeighbours(intervals)).toEqual([null, 'below', 'both', 'above', null]);
	});
});
