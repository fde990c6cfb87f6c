/** Tallies of one quarter against the leanest hand-written SQL that gives the same numbers, over a province. */
import { join } from 'node:path';
import { fraction, type Fraction, toExact } from '#lib/basis/fraction.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { noParameters, tallyRequest } from '#lib/measures/request.ts';
import type { Engine } from '#lib/server/warehouse/engine.ts';
import { openWarehouse } from '#lib/server/warehouse/open.ts';
import { computeTallies, identify } from '#lib/server/workflows/tally-periods.ts';
import { townshipsOn } from '#lib/server/workflows/units.ts';
import { compare } from './timing.ts';

const townships = 1_500;
const subjects = 600_000;
const period = parsePeriod('2025Q3') as Period;

/** Fills a home as imports would leave it: patrols stored in order of date over three years. */
async function fill(engine: Engine, patrols: number): Promise<void> {
	await engine.run(`INSERT INTO fact_township (township, fact_key, code, name, batch_from, source_id, source_line)
		SELECT CAST(660000000 + i AS VARCHAR), '', CAST(660000000 + i AS VARCHAR), '示范镇' || i, 1, 1, i FROM range(${townships}) AS t(i)`);
	await engine.run(`INSERT INTO fact_subject (township, fact_key, name, domain, filed_on, grade, batch_from, source_id, source_line)
		SELECT CAST(660000000 + i % ${townships} AS VARCHAR), 'S' || i, '单位' || i,
			list_extract(['food_safety', 'public_places', 'school_health', 'drinking_water', 'occupational_health', 'illegal_practice'], CAST(1 + hash(i) % 6 AS BIGINT)),
			CASE WHEN hash(i + 1) % 20 > 0 THEN DATE '2024-01-01' END, CASE WHEN hash(i + 2) % 3 > 0 THEN 'B' END, 1, 1, i FROM range(${subjects}) AS t(i)`);
	await engine.run(`INSERT INTO fact_patrol (township, fact_key, subject, domain, patrolled_on, problems, disposal, rectify_by, rectified_on, inspector, reported_on, batch_from, source_id, source_line)
		SELECT CAST(660000000 + subject % ${townships} AS VARCHAR), 'P' || i, 'S' || subject,
			list_extract(['food_safety', 'public_places', 'school_health', 'drinking_water', 'occupational_health', 'illegal_practice'], CAST(1 + hash(subject) % 6 AS BIGINT)),
			day, problems, CASE WHEN problems > 0 THEN '责令改正' END, CASE WHEN problems > 0 THEN day + 14 END,
			CASE WHEN problems > 0 AND hash(i + 3) % 4 > 0 THEN day + CAST(hash(i + 4) % 20 AS INTEGER) END,
			CASE WHEN hash(i + 5) % 50 > 0 THEN '甲' END, CASE WHEN hash(i + 6) % 30 > 0 THEN day + CAST(hash(i + 7) % 9 AS INTEGER) END, 1, 1, i
		FROM (SELECT i, hash(i) % ${subjects} AS subject, DATE '2023-01-01' + CAST(i * 1095 // ${patrols} AS INTEGER) AS day,
			CASE WHEN hash(i + 8) % 6 = 0 THEN 1 + hash(i + 9) % 3 ELSE 0 END AS problems FROM range(${patrols}) AS t(i))`);
	await engine.run('CHECKPOINT');
}

const measureNames = [
	'record_timeliness',
	'problem_rate',
	'record_completeness',
	'patrol_count',
	'rectification',
	'filing_rate',
	'patrol_coverage',
	'patrol_completion',
	'grading_rate'
] as const;

/** The leanest statements that give the same numbers: three scans written by hand for just this quarter. */
const byHand = {
	patrols: `SELECT township, count(*) AS d,
			count(*) FILTER (reported_on <= patrolled_on + 5 AND reported_on <= DATE '2025-10-05') AS in_time,
			count(*) FILTER (reported_on <= DATE '2025-10-05' AND reported_on > patrolled_on + 5) AS late,
			count(*) FILTER (reported_on IS NULL OR reported_on > DATE '2025-10-05') AS unreported,
			count(*) FILTER (problems > 0) AS with_problems, sum(problems) AS problems,
			count(*) FILTER (inspector IS NOT NULL AND reported_on <= DATE '2025-10-05' AND (problems = 0 OR (disposal IS NOT NULL AND rectify_by IS NOT NULL))) AS complete
		FROM fact_patrol WHERE batch_to IS NULL AND patrolled_on BETWEEN DATE '2025-07-01' AND DATE '2025-09-30' GROUP BY township`,
	rectifications: `SELECT township, count(*) AS d, count(*) FILTER (rectified_on <= rectify_by) AS n,
			count(*) FILTER (rectified_on > rectify_by AND rectified_on <= DATE '2025-10-05') AS late,
			count(*) FILTER (rectified_on IS NULL OR rectified_on > DATE '2025-10-05') AS open
		FROM fact_patrol WHERE batch_to IS NULL AND problems > 0 AND rectify_by BETWEEN DATE '2025-07-01' AND DATE '2025-09-30' GROUP BY township`,
	subjects: `SELECT subject.township, count(*) AS d, count(*) FILTER (filed_on <= DATE '2025-09-30') AS filed, count(visits) AS covered,
			sum(CASE WHEN domain = 'drinking_water' THEN 3 ELSE 1 END) AS required,
			sum(least(coalesce(visits, 0), CASE WHEN domain = 'drinking_water' THEN 3 ELSE 1 END)) AS done,
			count(*) FILTER (domain IN ('food_safety', 'public_places')) AS gradable,
			count(*) FILTER (domain IN ('food_safety', 'public_places') AND grade IS NOT NULL) AS graded
		FROM fact_subject AS subject LEFT JOIN (
			SELECT township, subject, count(*) AS visits FROM fact_patrol
			WHERE batch_to IS NULL AND patrolled_on BETWEEN DATE '2025-07-01' AND DATE '2025-09-30' GROUP BY township, subject
		) AS visited ON visited.township = subject.township AND visited.subject = subject.fact_key
		WHERE batch_to IS NULL GROUP BY subject.township`
};

/** Which column of the hand-written statements each figure is, so that the two are known to give the same. */
const sameAs: Readonly<Record<(typeof measureNames)[number], readonly [keyof typeof byHand, string, string | null]>> = {
	record_timeliness: ['patrols', 'in_time', 'd'],
	problem_rate: ['patrols', 'with_problems', 'd'],
	record_completeness: ['patrols', 'complete', 'd'],
	patrol_count: ['patrols', 'd', null],
	rectification: ['rectifications', 'n', 'd'],
	filing_rate: ['subjects', 'filed', 'd'],
	patrol_coverage: ['subjects', 'covered', 'd'],
	patrol_completion: ['subjects', 'done', 'required'],
	grading_rate: ['subjects', 'graded', 'gradable']
};

/** Prints the ratio, after checking that both ways give the same numbers for every township. */
export async function benchTallies(folder: string, patrols: number): Promise<void> {
	const { engine } = await openWarehouse(join(folder, 'province'), { create: true });
	await fill(engine, patrols);
	const settings = {
		cutoffDays: 5,
		graceDays: 0,
		visitsPerQuarter: { drinking_water: 3 },
		forms: { monthlyDay: 19, monthly: true, quarterly: true },
		roll: 'none' as const,
		unit: 'township' as const,
		workload: {}
	};
	const units = await townshipsOn(engine, 20_361 as never, '2025Q3');
	const asked = measureNames.map((name) => identify(tallyRequest(name, period, settings, noParameters)));
	let tallies = await computeTallies(engine, asked, units);
	let rows: Record<string, Map<string, Readonly<Record<string, unknown>>>> = {};
	const hand = async (): Promise<void> => {
		rows = {};
		for (const [name, sql] of Object.entries(byHand))
			rows[name] = new Map((await engine.rows(sql)).map((row) => [String(row['township']), row]));
	};
	await hand();
	for (const [index, name] of measureNames.entries()) {
		const [statement, n, d] = sameAs[name];
		for (const { code } of units) {
			const row = rows[statement]?.get(code);
			const tally = tallies[index]?.get(code);
			const expected = (column: string): Fraction => fraction(BigInt(String(row?.[column] ?? 0)));
			if (
				!tally ||
				toExact(tally.n) !== toExact(expected(n)) ||
				(d !== null && toExact(tally.d) !== toExact(expected(d)))
			)
				throw new Error(`${name} of ${code} differs`);
		}
	}
	await compare(
		`${measureNames.length} tallies of a quarter (${patrols} patrols, ${subjects} subjects, ${townships} townships) against hand-written SQL`,
		7,
		async () => {
			tallies = await computeTallies(engine, asked, units);
		},
		hand
	);
	await engine.close();
}
