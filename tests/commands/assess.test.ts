import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '#lib/server/warehouse/open.ts';
import type { Explanation } from '#lib/server/workflows/explain-score.ts';
import type { FundReport } from '#lib/server/workflows/allocate-fund.ts';
import type { ScoreReport } from '#lib/server/workflows/report-scores.ts';
import type { ProgressReport } from '#lib/server/workflows/show-progress.ts';
import type { TrendReport } from '#lib/server/workflows/show-trend.ts';
import { subjectCsv, townshipCsv, write } from '../intake/files.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';

const scheme = `id: small
full: 100
forms: { quarterly: false }
grades: [{ key: good, name: { zh: 好 }, at_least: 60 }, { key: fail, name: { zh: 差 }, at_least: 0 }]
flags: [{ key: two_failing, grade: fail, consecutive: 2, of: quarter }]
indicators:
  - { key: coverage, points: 50, measure: { name: patrol_coverage }, rule: { kind: proportional, target: 1 }, empty: excluded }
  - { key: forms, points: 30, measure: { name: form_timeliness }, rule: { kind: deduct, minus: { late: 5, missing: 10 } }, empty: full }
  - { key: rectified, points: 20, measure: { name: rectification }, rule: { kind: proportional, target: 1 }, empty: full }
workload: { patrol: 1 }
`;
const plan = `id: small-plan
tranches: [{ key: all, share: 1, weight: [population] }]
`;

describe('the commands on a small county', () => {
	const { path: home, remove } = ownFolder();
	let files: Record<string, string> = {};
	const run = async <T>(...args: string[]): Promise<T> => {
		const ran = await kaoji(home, ...args, '--json');
		if (ran.stdout === '') throw new Error(ran.stderr);
		return ran.json() as T;
	};

	beforeAll(async () => {
		files = write(home, {
			'township.csv': townshipCsv,
			'subject.csv': subjectCsv(3),
			'patrol.csv':
				'流水号,单位编号,单位名称,所属乡镇,专业类别,巡查日期,问题数,整改期限\nP0,,,三井街道,餐饮,2024-11-05,0,\nP1,S1,第1餐饮店,三井街道,餐饮,2025-02-10,2,2025-03-20\n',
			'submission.csv':
				'所属乡镇,报表类型,所属期,报送日期,是否退回\n三井街道,月报,2025年1月,2025-01-18,否\n三井街道,月报,2025-02,2025-02-18,是\n',
			'ledger.csv':
				'凭证号,拨付日期,所属乡镇,方案,金额,性质\nV1,2025-01-20,三井街道,small-plan,1000,预拨\nV2,2025-02-20,三井街道,small-plan,200.50,扣回\n',
			'advances.csv': '乡镇,金额\n三井卫生院,999999.99\n',
			'small.yaml': scheme,
			'plan.yaml': plan
		});
		const data = ['township', 'subject', 'patrol', 'submission', 'ledger'].map((name) => files[`${name}.csv`] ?? '');
		const { code, stderr } = await kaoji(home, 'import', ...data, '--today', '2025-02-25');
		expect([code, stderr.split('\n').filter((line) => line.startsWith('kaoji:'))]).toEqual([0, []]);
	});
	afterAll(remove);

	it('show a running period as it stands, at its best, and what is left to do', async () => {
		const report = await run<ProgressReport>(
			'progress',
			'--period',
			'2025Q1',
			'--as-of',
			'2025-02-25',
			'--scheme',
			files['small.yaml'] ?? ''
		);
		// 56 of 90 days. As it stands: coverage 1/3 of 50, forms 30 less one missing (February's was returned), nothing to
		// rectify yet. At its best: coverage 50, February's form stays lost, the rectification of 20 March can still be made.
		expect(report.elapsed).toBe('62.22');
		const [sanjing] = report.townships;
		expect([sanjing?.expected, sanjing?.best]).toEqual(['56.6667', '90.0000']);
		expect(sanjing?.tasks.map(({ kind, what, dueOn, overdue }) => [kind, what, dueOn, overdue])).toEqual([
			['visit', '第2餐饮店', '2025-03-31', false],
			['visit', '第3餐饮店', '2025-03-31', false],
			['form', 'monthly 2025-02', '2025-02-19', true],
			['form', 'monthly 2025-03', '2025-03-19', false],
			['rectification', '第1餐饮店', '2025-03-20', false]
		]);
	});

	it('write one sheet a unit of what is left to do', async () => {
		const folder = join(home, 'sheets');
		await run(
			'progress',
			'--period',
			'2025Q1',
			'--as-of',
			'2025-02-25',
			'--scheme',
			files['small.yaml'] ?? '',
			'--csv',
			folder
		);
		expect(readdirSync(folder).sort()).toEqual(['320411100-三井街道.csv', '320411105-孟河镇.csv']);
		expect(readFileSync(join(folder, '320411100-三井街道.csv'), 'utf8').split('\r\n')).toHaveLength(7);
	});

	it('refuse a day outside the period', async () => {
		const ran = await kaoji(
			home,
			'progress',
			'--period',
			'2025Q1',
			'--as-of',
			'2025-04-01',
			'--scheme',
			files['small.yaml'] ?? ''
		);
		expect([ran.code, ran.stdout]).toEqual([1, '']);
		expect(ran.stderr).toContain('2025-04-01');
	});

	it('explain a score down to the line of the file', async () => {
		const explanation = await run<Explanation>(
			...['explain', '--period', '2025Q1', '--township', '320411100', '--scheme', files['small.yaml'] ?? ''],
			...['--money', files['plan.yaml'] ?? '', '--pool', '1000000']
		);
		const coverage = explanation.indicators.find(({ key }) => key === 'coverage');
		expect([coverage?.counted.total, coverage?.missed.total]).toEqual([1, 2]);
		expect(coverage?.missed.rows[0]).toMatchObject({
			file: 'subject.csv',
			sheet: null,
			line: 3,
			key: 'S2',
			values: { visits: 0 }
		});
		expect(coverage?.words).toContain('16.6667');
		const forms = explanation.indicators.find(({ key }) => key === 'forms');
		expect(forms?.missed.rows.map(({ key, file }) => [key, file])).toEqual([
			['monthly 2025-02', null],
			['monthly 2025-03', null]
		]);
		expect(forms?.missed.rows.every(({ parts }) => parts.includes('missing'))).toBe(true);
		// 81,370 of 141,370 people.
		expect(explanation.money).toEqual([{ tranche: 'all', weight: '81370', amount: '575581.81', share: '1000000.00' }]);
	});

	it('settle against the ledger, or against a file of advances, and show what is to be given back', async () => {
		const base = [
			'allocate',
			'--period',
			'2025',
			'--plan',
			files['plan.yaml'] ?? '',
			'--scheme',
			files['small.yaml'] ?? '',
			'--pool',
			'1000000'
		];
		const ledger = await run<FundReport>(...base);
		expect(ledger.townships[0]).toMatchObject({ due: '575581.81', advanced: '799.50', settlement: '574782.31' });
		const file = await run<FundReport>(...base, '--advances', files['advances.csv'] ?? '');
		expect(file.townships[0]).toMatchObject({ advanced: '999999.99', settlement: '-424418.18' });
		expect(ledger.inputsHash).toMatch(/^[0-9a-f]{64}$/);
		// What was advanced is an input too.
		expect(file.inputsHash).not.toBe(ledger.inputsHash);
		expect((await run<FundReport>(...base)).inputsHash).toBe(ledger.inputsHash);
	});

	it('share a pool beyond 2^53 fen to the last fen', async () => {
		const report = await run<FundReport>(
			...[
				'allocate',
				'--period',
				'2025',
				'--plan',
				files['plan.yaml'] ?? '',
				'--scheme',
				files['small.yaml'] ?? '',
				'--pool',
				'90071992547409931.37'
			]
		);
		const fen = (yuan: string): bigint => BigInt(yuan.replace('.', ''));
		expect(report.townships.reduce((sum, { due }) => sum + fen(due), fen(report.carriedOver))).toBe(
			9_007_199_254_740_993_137n
		);
	});

	it('raise a flag for two failing quarters running, and only then', async () => {
		const flagsOf = async (period: string): Promise<unknown[]> =>
			(await run<ScoreReport>('score', '--period', period, '--scheme', files['small.yaml'] ?? '')).townships.map(
				({ grade, flags }) => [grade, flags]
			);
		// 孟河镇 has no subjects: its forms are all there is, and all are missing. 2024Q4 and 2025Q1 have facts, and both fail.
		expect(await flagsOf('2025Q1')).toEqual([
			['fail', ['two_failing']],
			['fail', ['two_failing']]
		]);
		// Of 2024Q3 and 2025Q2 nothing was handed in: they show nothing, neither before nor by themselves.
		expect((await flagsOf('2024Q4')).map((unit) => (unit as unknown[])[1])).toEqual([[], []]);
		expect((await flagsOf('2025Q2')).map((unit) => (unit as unknown[])[1])).toEqual([[], []]);
	});

	it('take tallies again only where an import touched them', async () => {
		const taken = async (): Promise<Record<string, number>> => {
			const rows = await run<{ measure: string; period: string; parameters: string }[]>('query', 'SELECT * FROM tally');
			return Object.fromEntries(
				rows.map(({ measure, period, parameters }) => [`${measure} ${period} ${parameters}`, 1])
			);
		};
		const coverage = async (period: string): Promise<unknown> =>
			(await run<ScoreReport>('score', '--period', period, '--scheme', files['small.yaml'] ?? '')).townships[0]
				?.indicators?.[0];
		expect(await coverage('2025Q1')).toMatchObject({ n: 1, d: 3 });
		const before = await taken();
		const more = write(home, {
			'more.csv': '流水号,单位编号,所属乡镇,专业类别,巡查日期\nP2,S2,三井街道,餐饮,2025-02-11\n'
		});
		await run('import', more['more.csv'], '--today', '2025-02-25');
		expect(await coverage('2025Q1')).toMatchObject({ n: 2, d: 3 });
		expect(Object.keys(await taken()).sort()).toEqual(Object.keys(before).sort());
	});

	it('draw a trend by month, over all and by domain', async () => {
		const report = await run<TrendReport>(
			'trend',
			'--measure',
			'problem_rate',
			'--by',
			'month',
			'--split',
			'domain',
			'--scheme',
			files['small.yaml'] ?? ''
		);
		expect(
			report.series.map(({ of, points }) => [of, points.map(({ period, n, d, running }) => [period, n, d, running])])
		).toEqual([
			[
				'food_safety',
				[
					['2024-11', 0, 1, false],
					['2024-12', 0, 0, false],
					['2025-01', 0, 0, false],
					['2025-02', 1, 2, true]
				]
			]
		]);
	});

	it.each([
		[['score', '--period', '2025Q5'], 1, '2025Q5'],
		[['score'], 2, '--period'],
		[['score', '--period', '2025Q1', '--scheme', 'nowhere'], 1, 'nowhere'],
		[['score', '--period', '2025Q1', '--weight', '3'], 2, '--weight'],
		[['explain', '--period', '2025Q1', '--township', '999'], 1, '999'],
		[['allocate', '--period', '2025', '--plan', 'dongkou', '--pool', 'much'], 1, 'much'],
		[['tally', '--period', '2025Q1', '--measure', 'luck'], 1, 'luck'],
		[['dance'], 2, 'dance'],
		[['seal', '--period', '2025Q1'], 1, 'seal']
	])('answer %s with exit code %i and one line', async (args, code, named) => {
		const ran = await kaoji(home, ...args);
		expect([ran.code, ran.stdout]).toEqual([code, '']);
		expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
		expect(ran.stderr).toContain(named);
	});

	it('speak English where asked', async () => {
		const ran = await kaoji(home, 'score', '--period', '2025Q5', '--lang', 'en');
		expect(ran.stderr).toBe('kaoji: “2025Q5” is no assessment period: write 2025Q1, 2025H1 or 2025\n');
	});
});

describe('the order of commands', () => {
	it('changes no payment: a quarter is shared alike before and after its year', async () => {
		const { path: home, remove } = ownFolder();
		const files = write(home, {
			'township.csv': '行政区划代码,乡镇名称,撤销日期\n1,甲镇,\n2,乙镇,2025-07-01\n',
			'patrol.csv':
				'流水号,所属乡镇,专业类别,巡查日期\nP1,甲镇,餐饮,2025-01-02\nP1,乙镇,餐饮,2025-01-02\nP2,乙镇,餐饮,2025-01-03\nP3,乙镇,餐饮,2025-01-04\n',
			'small.yaml': scheme,
			'plan.yaml': 'id: by-work\ntranches: [{ key: all, share: 1, weight: [workload] }]\n'
		});
		await kaoji(home, 'import', files['township.csv'], files['patrol.csv'], '--today', '2026-01-05');
		const share = async (period: string): Promise<unknown> => {
			const args = [
				'allocate',
				'--period',
				period,
				'--plan',
				files['plan.yaml'],
				'--scheme',
				files['small.yaml'],
				'--pool',
				'1000',
				'--json'
			];
			const { townships } = (await kaoji(home, ...args)).json() as FundReport;
			return townships.map(({ code, due }) => [code, due]);
		};
		expect(await share('2025')).toEqual([['1', '1000.00']]);
		expect(await share('2025Q1')).toEqual([
			['1', '250.00'],
			['2', '750.00']
		]);
		remove();
	});
});

describe('a home that is not there', () => {
	it.each([['score', '--period', '2025Q1'], ['quarantine'], ['query', 'SELECT 1']])(
		'is not made by %s',
		async (...args) => {
			const { path, remove } = ownFolder();
			const ran = await kaoji(join(path, 'none'), ...args);
			expect([ran.code, ran.stderr.includes('init')]).toEqual([1, true]);
			expect(readdirSync(path)).toEqual([]);
			remove();
		}
	);

	it('is made by init, as often as one likes', async () => {
		const { path, remove } = ownFolder();
		for (let i = 0; i < 2; i++)
			expect((await kaoji(join(path, 'home'), 'init', '--json')).json()).toMatchObject({
				schema: migrations().length
			});
		remove();
	});
});

describe('a query', () => {
	const { path: home, remove } = ownFolder();
	beforeAll(async () => {
		const files = write(home, { 'township.csv': townshipCsv });
		await kaoji(home, 'import', files['township.csv'], '--today', '2026-04-30');
	});
	afterAll(remove);

	it('answers over the published views in four formats', async () => {
		const sql = 'SELECT code, population FROM township ORDER BY code';
		expect((await kaoji(home, 'query', sql, '--json')).json()).toEqual([
			{ code: '320411100', population: 81370 },
			{ code: '320411105', population: 60000 }
		]);
		expect((await kaoji(home, 'query', sql, '--format', 'csv')).stdout).toBe(
			'\ufeffcode,population\r\n320411100,81370\r\n320411105,60000\r\n'
		);
		expect((await kaoji(home, 'query', sql, '--format', 'parquet')).bytes.subarray(0, 4).toString()).toBe('PAR1');
		const { tableFromIPC } = await import('apache-arrow');
		const arrow = tableFromIPC((await kaoji(home, 'query', sql, '--format', 'arrow')).bytes);
		expect(arrow.toArray().map((row: { toJSON: () => unknown }) => row.toJSON())).toEqual([
			{ code: '320411100', population: 81370n },
			{ code: '320411105', population: 60000n }
		]);
	});

	it.each([
		`SELECT * FROM read_csv('/etc/passwd')`,
		`COPY township TO 'x.csv'`,
		'SELECT * FROM fact_township',
		`SELECT getenv('HOME')`,
		'SELECT 1; SELECT 2',
		'PRAGMA database_list',
		`FROM 'x.parquet'`,
		'SELECT * FROM duckdb_settings()',
		`ATTACH 'other.duckdb'`,
		'DELETE FROM township',
		`SELECT (SELECT count(*) FROM read_text('/etc/passwd'))`,
		`WITH "/etc/passwd" AS (SELECT 1) SELECT * FROM '/etc/passwd'`,
		'SELEKT'
	])('refuses %s', async (sql) => {
		const ran = await kaoji(home, 'query', sql);
		expect([ran.code, ran.stdout]).toEqual([1, '']);
	});
});
