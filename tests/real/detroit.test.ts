/**
 * A stranger's files: the food inspections of Detroit, read by mappings, assessed by zip code. Every count is made a
 * second time here, from the raw files by plain loops with a CSV reader and a calendar of this test's own, and the
 * scores in whole ten-thousandths of a point; of the product only the command line is used, and its mappings' headers.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprintOf } from '#lib/intake/mapping.ts';
import { readMapping } from '#lib/server/schemes/library.ts';
import { cityIn, type FileReport, type Held } from './city.ts';
import { hasShared, kaoji, shared } from '../support/kaoji.ts';
import { counted, type Raw, rawRows } from './raw-rows.ts';

const folder = 'real/detroit';
const present = hasShared(folder);
const fileOf = (name: string): string => join(shared, folder, `${name}.csv`);

/** Days since 1970 of `2019-05-31 00:00:00` or `5/31/2019`. */
function dayOf(cell: string): number {
	const [iso, slashed] = [/^(\d{4})-(\d\d)-(\d\d)/.exec(cell), /^(\d+)\/(\d+)\/(\d{4})$/.exec(cell)];
	const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : slashed ? [slashed[3], slashed[1], slashed[2]] : [];
	if (day === undefined) throw new RangeError(cell);
	return Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000;
}
const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** k visits a year where k reviews at that distance fill a year to within five days; none where no number does. */
const visitsAYear = (frequency: string): number | null =>
	[1, 2, 3, 4].find((visits) => Math.abs(visits * Number(frequency) - 365) <= 5) ?? null;

/** The day of correction and the deadline of a violation, null where there is none. */
const correctedOn = (violation: Raw): number | null =>
	violation['corrected_date'] ? dayOf(violation['corrected_date']) : null;
const dueOn = (violation: Raw): number | null =>
	violation['days_to_correct']
		? dayOf(violation['inspection_date'] ?? '') + Number(violation['days_to_correct'])
		: null;

/** A numerator and its denominator. */
type Pair = readonly [n: number, d: number];
interface ByHand {
	readonly completion: Pair;
	readonly coverage: Pair;
	readonly detection: Pair;
	readonly rectified: Pair;
	/** Corrected late, and not corrected by the cut-off. */
	readonly late: number;
	readonly open: number;
}

/** The whole part of the nearest ten-thousandth: a/b rounded half-up, for a and b that are not negative. */
const halfUp = (a: bigint, b: bigint): bigint => (2n * a + b) / (2n * b);

/** The points of detroit-2018 in ten-thousandths, its rules written out; null where nothing was due. */
function pointsOf({ completion, coverage, detection, rectified }: ByHand): (bigint | null)[] {
	const of = ([n, d]: Pair, points: (n: bigint, d: bigint) => bigint): bigint | null =>
		d === 0 ? null : points(BigInt(n), BigInt(d));
	const atMost = (most: bigint, points: bigint): bigint => (points < most ? points : most);
	return [
		// 30 × (n/d ÷ 9/10), at most 30
		of(completion, (n, d) => atMost(300_000n, halfUp(300_000n * 10n * n, 9n * d))),
		// 25 × (n/d ÷ 4/10), at most 25
		of(coverage, (n, d) => atMost(250_000n, halfUp(250_000n * 10n * n, 4n * d))),
		// 15 from 8/10, 12 from 7/10, 8 from 5/10, else nothing
		of(detection, (n, d) =>
			10n * n >= 8n * d ? 150_000n : 10n * n >= 7n * d ? 120_000n : 10n * n >= 5n * d ? 80_000n : 0n
		),
		// 30 less 3 for each 1/20, or part of it, that n/d is below 1/2: (1/2 − n/d) ÷ 1/20 = 10 (d − 2n) / d
		of(rectified, (n, d) => (2n * n >= d ? 300_000n : 300_000n - 30_000n * ((10n * (d - 2n * n) + d - 1n) / d)))
	];
}

const full = [300_000n, 250_000n, 150_000n, 300_000n];

/** The score in ten-thousandths: the points awarded of those that were to be had, of 100. */
function scoreOf(points: readonly (bigint | null)[]): bigint | null {
	let [awarded, of] = [0n, 0n];
	for (const [i, each] of points.entries()) {
		if (each === null) continue;
		awarded += each;
		of += full[i] ?? 0n;
	}
	return of === 0n ? null : halfUp(awarded * 1_000_000n, of);
}

const decimals = (tenThousandths: bigint | null): string | null =>
	tenThousandths === null ? null : `${tenThousandths / 10_000n}.${String(tenThousandths % 10_000n).padStart(4, '0')}`;

interface ScoreReport {
	readonly townships: readonly {
		readonly code: string;
		readonly score: string | null;
		readonly rank: number | null;
		readonly of: number;
		readonly indicators: readonly {
			readonly key: string;
			readonly n: number;
			readonly d: number;
			readonly parts: Readonly<Record<string, number>>;
			readonly state: string;
			readonly awarded: string | null;
		}[];
	}[];
}

const mappings = [
	['detroit-townships', 'establishments'],
	['detroit-establishments', 'establishments'],
	['detroit-inspections', 'inspections'],
	['detroit-violations', 'violations']
] as const;

it.runIf(!present)(`says that the inspections of Detroit were not checked: ${join(shared, folder)} is not here`, () => {
	process.stderr.write(`not run: tests/real/detroit.test.ts, because ${join(shared, folder)} is not here\n`);
});

describe.skipIf(!present)('the food inspections of Detroit', () => {
	let home: string;
	afterAll(() => {
		rmSync(home, { recursive: true, force: true });
	});

	const { imported, heldNow, asked } = cityIn(() => home, '2026-04-30');
	const allImported = async (): Promise<FileReport[]> => {
		const reports: FileReport[] = [];
		for (const [mapping, name] of mappings) reports.push(await imported(fileOf(name), '--mapping', mapping));
		return reports;
	};

	let establishments: Raw[];
	let inspections: Raw[];
	let violations: Raw[];
	/** What must be held, by the kind as which a file is read. */
	let heldRows: Record<'township' | 'subject' | 'patrol' | 'finding', Raw[]>;
	let reports: FileReport[];

	beforeAll(async () => {
		home = mkdtempSync(join(tmpdir(), 'kaoji-detroit-'));
		[establishments, inspections, violations] = ['establishments', 'inspections', 'violations'].map((name) =>
			rawRows(fileOf(name), 'utf8')
		) as [Raw[], Raw[], Raw[]];
		const withoutZip = establishments.filter((row) => row['zipcode'] === '');
		const known = new Set(establishments.filter((row) => row['zipcode'] !== '').map((row) => row['establishmentid']));
		const stranded = inspections.filter((row) => !known.has(row['establishmentid']));
		const made = new Set(
			inspections.filter((row) => known.has(row['establishmentid'])).map((row) => row['inspectionid'])
		);
		const orphaned = violations.filter((row) => !made.has(row['inspectionid']));
		heldRows = { township: withoutZip, subject: withoutZip, patrol: stranded, finding: orphaned };
		reports = await allImported();
	});

	/** The rows that are facts, counted in the raw files. */
	const heldLines = (kind: keyof typeof heldRows): Set<number> => new Set(heldRows[kind].map(({ line }) => line));
	const taken = (rows: readonly Raw[], kind: keyof typeof heldRows): Raw[] =>
		rows.filter(({ line }) => !heldLines(kind).has(line));

	it('have the headers by which their mappings are known', () => {
		for (const name of ['inspections', 'violations']) {
			const [head = ''] = readFileSync(fileOf(name), 'utf8').split('\r\n', 1);
			const headers = head.split(',').map((cell) => cell.replaceAll('"', ''));
			expect(readMapping(`detroit-${name}`, null).fingerprint).toBe(fingerprintOf(headers));
		}
	});

	it('have as many rows as the city published', () => {
		expect([establishments.length, inspections.length, violations.length]).toEqual([2209, 8602, 28_612]);
	});

	it('are read whole: every row is a fact, says nothing new, or is held', () => {
		const zips = new Set(taken(establishments, 'township').map((row) => row['zipcode']));
		const nothing = { revised: 0, withdrawn: 0, released: 0 };
		expect(reports).toMatchObject([
			{
				kind: 'township',
				read: 2209,
				added: zips.size,
				unchanged: 2209 - zips.size - heldRows.township.length,
				quarantined: heldRows.township.length,
				...nothing
			},
			{ kind: 'subject', read: 2209, added: 2205, unchanged: 0, quarantined: heldRows.subject.length, ...nothing },
			{ kind: 'patrol', read: 8602, added: 8591, unchanged: 0, quarantined: heldRows.patrol.length, ...nothing },
			{ kind: 'finding', read: 28_612, added: 28_587, unchanged: 0, quarantined: heldRows.finding.length, ...nothing }
		]);
		expect(zips.size).toBe(52);
		expect(Object.values(heldRows).map(({ length }) => length)).toEqual([4, 4, 11, 25]);
	});

	it('are held line by line for what is wrong with them: no zip code, and what hangs on such a premises', async () => {
		const found = (await heldNow()).map(
			({ kind, line, problems }) =>
				`${kind} ${line}: ${problems.map(({ field, code }) => `${field} ${code}`).join(', ')}`
		);
		const reasons = {
			township: 'code missing_value, name missing_value',
			subject: 'township missing_value',
			patrol: 'subject unknown_subject',
			finding: 'patrol unknown_patrol'
		};
		const expected = Object.entries(heldRows).flatMap(([kind, rows]) =>
			rows.map(({ line }) => `${kind} ${line}: ${reasons[kind as keyof typeof reasons]}`)
		);
		expect(found.sort()).toEqual(expected.sort());
	});

	it('have no inspection of a premises, and no violation of an inspection, that their files do not name', () => {
		const premises = new Set(establishments.map((row) => row['establishmentid']));
		const visits = new Set(inspections.map((row) => row['inspectionid']));
		expect(inspections.filter((row) => !premises.has(row['establishmentid']))).toEqual([]);
		expect(violations.filter((row) => !visits.has(row['inspectionid']))).toEqual([]);
	});

	it('become premises with a number of visits a year where the days between reviews fit one', async () => {
		const rows = await asked('SELECT township, visits_per_year, domain, count(*) AS n FROM subject GROUP BY ALL');
		const found = Object.fromEntries(
			rows.map((row) => [`${row['township']} ${row['visits_per_year']} ${row['domain']}`, Number(row['n'])])
		);
		const expected = counted(
			taken(establishments, 'subject').map(
				(row) => `${row['zipcode']} ${visitsAYear(row['review_frequency_days'] ?? '')} food_safety`
			)
		);
		expect(found).toEqual(expected);
		const [four] = await asked(
			'SELECT max(visits_per_year) AS most, count(*) FILTER (visits_per_year IS NULL) AS none FROM subject'
		);
		expect(Object.values(four ?? {}).map(Number)).toEqual([4, 297]);
	});

	it('become patrols of the zip code of their premises on the day of the inspection', async () => {
		const zipOf = new Map(establishments.map((row) => [row['establishmentid'], row['zipcode']]));
		const rows = await asked(
			'SELECT township, CAST(patrolled_on AS VARCHAR) AS day, count(*) AS n FROM patrol GROUP BY ALL'
		);
		expect(Object.fromEntries(rows.map((row) => [`${row['township']} ${row['day']}`, Number(row['n'])]))).toEqual(
			counted(
				taken(inspections, 'patrol').map(
					(row) => `${zipOf.get(row['establishmentid'])} ${isoOf(dayOf(row['inspection_date'] ?? ''))}`
				)
			)
		);
	});

	it('become findings with their severity, their deadline and the day of correction', async () => {
		const rows = await asked(
			`SELECT patrol, severity, CAST(rectify_by AS VARCHAR) AS due, CAST(rectified_on AS VARCHAR) AS done, count(*) AS n
			FROM finding GROUP BY ALL`
		);
		const severities: Record<string, string> = { Priority: 'serious', Foundation: 'minor', Core: 'minor', '': 'null' };
		const day = (number: number | null): string => (number === null ? 'null' : isoOf(number));
		expect(
			Object.fromEntries(
				rows.map((row) => [`${row['patrol']} ${row['severity']} ${row['due']} ${row['done']}`, Number(row['n'])])
			)
		).toEqual(
			counted(
				taken(violations, 'finding').map(
					(row) =>
						`${row['inspectionid']} ${severities[row['violation_type'] ?? '']} ${day(dueOn(row))} ${day(correctedOn(row))}`
				)
			)
		);
	});

	describe('are scored by zip code for 2018Q4', () => {
		/** First day of the year, first and last day of the quarter, cut-off five days later. */
		const [january, october, december, cutoff] = ['2018-01-01', '2018-10-01', '2018-12-31', '2019-01-05'].map(
			dayOf
		) as [number, number, number, number];
		let score: ScoreReport;
		let byHand: Map<string, ByHand>;

		/** Numerators and denominators of one zip code, counted row by row. */
		function countedByHand(zip: string): ByHand {
			const premises = establishments.filter((row) => row['zipcode'] === zip);
			const ids = new Set(premises.map((row) => row['establishmentid']));
			const visits = inspections.filter((row) => ids.has(row['establishmentid']));
			const ofYear = new Map<string | undefined, number>();
			const ofQuarter = new Map<string | undefined, number>();
			const inQuarter = new Set<string | undefined>();
			for (const visit of visits) {
				const day = dayOf(visit['inspection_date'] ?? '');
				const id = visit['establishmentid'];
				if (day >= january && day <= december) ofYear.set(id, (ofYear.get(id) ?? 0) + 1);
				if (day < october || day > december) continue;
				ofQuarter.set(id, (ofQuarter.get(id) ?? 0) + 1);
				inQuarter.add(visit['inspectionid']);
			}
			let [required, done, visited] = [0, 0, 0];
			for (const row of premises) {
				const id = row['establishmentid'];
				// Four quarters of the year: its whole number of visits; the scheme asks none of premises without one.
				const due = visitsAYear(row['review_frequency_days'] ?? '') ?? 0;
				required += due;
				done += Math.min(due, ofYear.get(id) ?? 0);
				if (ofQuarter.has(id)) visited++;
			}
			const made = new Set(visits.map((visit) => visit['inspectionid']));
			const withViolations = new Set<string | undefined>();
			let [due, inTime, late, open] = [0, 0, 0, 0];
			for (const violation of violations) {
				if (!made.has(violation['inspectionid'])) continue;
				if (inQuarter.has(violation['inspectionid'])) withViolations.add(violation['inspectionid']);
				const by = dueOn(violation);
				if (by === null || by < october || by > december) continue;
				due++;
				const on = correctedOn(violation);
				if (on === null || on > cutoff) open++;
				else if (on > by) late++;
				else inTime++;
			}
			return {
				completion: [done, required],
				coverage: [visited, premises.length],
				detection: [withViolations.size, inQuarter.size],
				rectified: [inTime, due],
				late,
				open
			};
		}

		beforeAll(async () => {
			const ran = await kaoji(home, 'score', '--period', '2018Q4', '--scheme', 'detroit-2018', '--json');
			score = ran.json() as ScoreReport;
			const zips = new Set(establishments.map((row) => row['zipcode'] ?? '').filter((zip) => zip !== ''));
			byHand = new Map([...zips].sort().map((zip) => [zip, countedByHand(zip)]));
		});

		const unitOf = (zip: string): ScoreReport['townships'][number] => {
			const unit = score.townships.find(({ code }) => code === zip);
			if (!unit) throw new Error(zip);
			return unit;
		};
		const handOf = (zip: string): ByHand => {
			const counts = byHand.get(zip);
			if (!counts) throw new Error(zip);
			return counts;
		};

		it('under a scheme without errors or warnings', async () => {
			const ran = await kaoji(home, 'lint', 'detroit-2018', '--json');
			expect(ran.json()).toEqual([]);
		});

		// The centre of the city, a zip code that was cut off, and a single premises not inspected in the quarter.
		it.each([
			[
				'48226',
				{
					completion: [374, 521],
					coverage: [121, 344],
					detection: [101, 128],
					rectified: [290, 653],
					late: 29,
					open: 334
				},
				// 30 × 374/521 ÷ 9/10; 25 × 121/344 ÷ 4/10; 0.7 ≤ 101/128 < 0.8; ⌈10 (653 − 580)/653⌉ = 2 steps
				{ points: ['23.9283', '21.9840', '12.0000', '24.0000'], score: '81.9123' }
			],
			[
				'4821',
				{ completion: [60, 98], coverage: [26, 71], detection: [20, 28], rectified: [33, 76], late: 6, open: 37 },
				// 30 × 60/98 ÷ 9/10; 25 × 26/71 ÷ 4/10; 0.7 ≤ 20/28 < 0.8; ⌈10 (76 − 66)/76⌉ = 2 steps
				{ points: ['20.4082', '22.8873', '12.0000', '24.0000'], score: '79.2955' }
			],
			[
				'48084',
				{ completion: [2, 4], coverage: [0, 1], detection: [0, 0], rectified: [0, 0], late: 0, open: 0 },
				// 30 × 2/4 ÷ 9/10 of the 55 points that were to be had
				{ points: ['16.6667', '0.0000', null, null], score: '30.3031' }
			]
		] as const)(
			'with the counts and the points of %s as they come out by hand',
			(zip, counts, { points, score: of }) => {
				const hand = handOf(zip);
				expect(hand).toEqual(counts);
				expect(pointsOf(hand).map(decimals)).toEqual(points);
				expect(decimals(scoreOf(pointsOf(hand)))).toBe(of);

				const unit = unitOf(zip);
				expect(unit.score).toBe(of);
				expect(unit.indicators.map(({ key }) => key)).toEqual(['completion', 'coverage', 'detection', 'rectified']);
				expect(unit.indicators.map(({ awarded }) => awarded)).toEqual(points);
				expect(unit.indicators.map(({ n, d }) => [n, d])).toEqual([
					hand.completion,
					hand.coverage,
					hand.detection,
					hand.rectified
				]);
				expect(unit.indicators.map(({ state }) => state)).toEqual(
					points.map((each) => (each === null ? 'empty' : 'ok'))
				);
				expect(unit.indicators[3]?.parts).toMatchObject({ late: hand.late, open: hand.open });
			}
		);

		it('with a rank for each of them that follows from the scores of all', () => {
			const scores = [...byHand.values()].map((hand) => scoreOf(pointsOf(hand)));
			for (const zip of ['48226', '4821', '48084']) {
				const own = scoreOf(pointsOf(handOf(zip))) ?? 0n;
				const better = scores.filter((other) => other !== null && other > own).length;
				expect(unitOf(zip)).toMatchObject({ rank: better + 1, of: scores.filter((other) => other !== null).length });
			}
		});

		it('and so are the other zip codes', () => {
			expect(score.townships.map(({ code, score: of }) => [code, of])).toEqual(
				[...byHand].map(([zip, hand]) => [zip, decimals(scoreOf(pointsOf(hand)))])
			);
		});
	});

	it('change nothing when they are handed in again: every row is unchanged or held as before', async () => {
		const before = await heldNow();
		const again = await allImported();
		expect(again.map(({ added, revised, withdrawn, released }) => added + revised + withdrawn + released)).toEqual([
			0, 0, 0, 0
		]);
		expect(again.map(({ unchanged, quarantined }) => [unchanged, quarantined])).toEqual([
			[2205, 4],
			[2205, 4],
			[8591, 11],
			[28_587, 25]
		]);
		const places = (rows: readonly Held[]): string[] => rows.map(({ kind, line }) => `${kind} ${line}`).sort();
		expect(places(await heldNow())).toEqual(places(before));
	});

	it('let go of what hangs on a premises once its zip code is filled in', async () => {
		const premises = heldRows.subject.find((row) => row['establishmentid'] === '2813');
		const batches = (await kaoji(home, 'quarantine', '--kind', 'subject', '--format', 'csv')).stdout;
		const [head = '', ...rows] = batches.split('\r\n');
		const place = head.split(',').indexOf('所属乡镇');
		const corrected = rows
			.filter((row) => row.includes(`,${String(premises?.line)},`))
			.map((row) => row.split(',').with(place, '48224').join(','));
		const path = join(home, 'corrected.csv');
		writeFileSync(path, [head, ...corrected, ''].join('\r\n'));

		const visits = new Set(
			inspections.filter((row) => row['establishmentid'] === '2813').map((row) => row['inspectionid'])
		);
		const found = violations.filter((row) => visits.has(row['inspectionid']));
		expect(await imported(path, '--kind', 'subject')).toMatchObject({
			read: 1,
			added: 1,
			quarantined: 0,
			released: visits.size + found.length
		});
		const [subject] = await asked(`SELECT township, domain, visits_per_year FROM subject WHERE id = '2813'`);
		expect(subject).toMatchObject({ township: '48224', domain: 'food_safety' });
		expect(Number(subject?.['visits_per_year'])).toBe(2);
	});
});
