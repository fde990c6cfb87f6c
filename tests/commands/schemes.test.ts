/** Versions of a scheme on the command line: published, in force, and never changed. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kaoji, ownFolder, type Ran } from '../support/kaoji.ts';
import { manyPlaces, writePlaces } from '../support/places.ts';
import type { ScoreReport } from '#lib/server/workflows/report-scores.ts';

/** Coverage alone: a township that visits two of its three premises gets 66.6667 of 100. */
const rules = (version: string, from: string, target: string): string => `# 本县细则
id: county
version: ${version}
periods: { from: ${from} }
indicators:
  - key: coverage
    points: 100
    measure: { name: patrol_coverage }
    rule: { kind: proportional, target: ${target} }
    empty: excluded
grades:
  - { key: good, at_least: 90 }
  - { key: fail, at_least: 0 }
annual: { method: mean }
`;

describe('versions of a scheme', () => {
	const { path, remove } = ownFolder();
	const home = join(path, 'home');
	const draft = join(path, 'draft.yaml');
	afterAll(remove);

	/** Publishes a text; the day of the test is 2025-09-30. */
	const publish = (text: string, ...options: string[]): Promise<Ran> => {
		writeFileSync(draft, text);
		return kaoji(home, 'publish', draft, '--reason', '县卫健委通知', '--today', '2025-09-30', ...options);
	};
	/** The scores of the first township, which visited two of three in 2025Q4, and of the second, which visited all. */
	const scores = async (period: string, scheme = 'county'): Promise<(string | null)[]> => {
		const ran = await kaoji(home, 'score', '--period', period, '--scheme', scheme, '--json');
		if (ran.code !== 0) throw new Error(ran.stderr);
		return (ran.json() as ScoreReport).townships.map(({ score }) => score);
	};

	beforeAll(async () => {
		const { code, stderr } = await kaoji(home, 'import', ...writePlaces(join(path, 'files'), manyPlaces(2)));
		if (code !== 0) throw new Error(stderr);
		mkdirSync(join(home, 'schemes'), { recursive: true });
		writeFileSync(join(home, 'schemes', 'county.yaml'), rules('1', '2025Q1', '1'));
	});

	it('begin with the one that the bureau has written, by which all periods are scored', async () => {
		expect(await scores('2025Q3')).toEqual(['100.0000', '100.0000']);
		expect(await scores('2025Q4')).toEqual(['66.6667', '100.0000']);
		// The mean of 100 and 66.6667 is 83.33335, half-up.
		expect(await scores('2025')).toEqual(['83.3334', '100.0000']);
	});

	it.each([
		['a version that is not the next', rules('1', '2025Q4', '0.5'), '下一版应为第 2 版'],
		['no word of when it begins', rules('2', '2025Q4', '0.5').replace('from: 2025Q4', ''), '没有写明从哪个周期起适用'],
		['a beginning not after that of an earlier version', rules('2', '2025Q1', '0.5'), '应晚于第 1 版的起用周期 2025Q1'],
		['a beginning in the past', rules('2', '2025Q3', '0.5'), '2025Q3 已经开始'],
		['an error', rules('2', '2025Q4', '1.5'), '第 6 行']
	])('are not published with %s', async (_, text, said) => {
		const ran = await publish(text);
		expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining(said)]);
		expect(existsSync(join(home, 'schemes', 'county@2.yaml'))).toBe(false);
	});

	it('are not published without a reason', async () => {
		writeFileSync(draft, rules('2', '2025Q4', '0.5'));
		const ran = await kaoji(home, 'publish', draft, '--reason', ' ', '--today', '2025-09-30');
		expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('没有写明原因')]);
	});

	it('are published to the byte, and recorded with who and why', async () => {
		const text = rules('2', '2025Q4', '0.5');
		const ran = await publish(text);
		expect([ran.code, ran.stdout]).toEqual([0, '已发布 county 第 2 版，自 2025Q4 起适用\n']);
		expect(readFileSync(join(home, 'schemes', 'county@2.yaml'), 'utf8')).toBe(text);
		const listed = (await kaoji(home, 'schemes', '--today', '2025-09-30', '--json')).json();
		const county = (listed as { id: string; inForce: string; versions: object[] }[]).find(({ id }) => id === 'county');
		expect(county).toMatchObject({
			inForce: '1',
			used: true,
			versions: [
				{ version: '1', origin: 'home', published: null },
				{ version: '2', origin: 'published', from: '2025Q4', published: { actor: 'test', reason: '县卫健委通知' } }
			]
		});
	});

	it('leave the periods before them as they were, and score those from theirs on', async () => {
		expect(await scores('2025Q3')).toEqual(['100.0000', '100.0000']);
		// Two thirds of the premises against a target of a half.
		expect(await scores('2025Q4')).toEqual(['100.0000', '100.0000']);
	});

	it('make up a year each with its own quarters', async () => {
		expect(await scores('2025')).toEqual(['100.0000', '100.0000']);
		// Were the third quarter scored by the second version, this could not be told; so the third one asks for all again.
		expect((await publish(rules('3', '2026Q1', '1'))).code).toBe(0);
		expect(await scores('2025')).toEqual(['100.0000', '100.0000']);
	});

	it('do not score a period in which another one is in force, and say which', async () => {
		for (const [scheme, inForce] of [
			['county@1', '2'],
			['county@3', '2']
		] as const) {
			const ran = await kaoji(home, 'score', '--period', '2025Q4', '--scheme', scheme);
			expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining(`该周期适用的版本：${inForce}`)]);
		}
		expect(await scores('2025Q4', 'county@2')).toEqual(['100.0000', '100.0000']);
	});

	it('that are claimed by another text are an error of the linter', async () => {
		writeFileSync(draft, rules('2', '2025Q4', '0.6'));
		const ran = await kaoji(home, 'lint', draft, '--json');
		expect([ran.code, ran.json()]).toEqual([1, [expect.objectContaining({ line: 3, code: 'version_published' })]]);
		writeFileSync(draft, rules('2', '2025Q4', '0.5'));
		expect((await kaoji(home, 'lint', draft)).code).toBe(0);
	});

	it('that were changed in the folder are not used, whatever the change', async () => {
		const file = join(home, 'schemes', 'county@2.yaml');
		const text = readFileSync(file, 'utf8');
		appendFileSync(file, '# 只是一句说明\n');
		for (const args of [
			['score', '--period', '2025Q4'],
			['score', '--period', '2025Q3'],
			['tally', '--period', '2025Q4']
		]) {
			const ran = await kaoji(home, ...args, '--scheme', 'county');
			expect([ran.code, ran.stderr]).toEqual([
				1,
				expect.stringContaining('county@2.yaml：细则 county 第 2 版发布后被改动过')
			]);
		}
		expect((await publish(rules('4', '2026Q2', '1'))).stderr).toContain('发布后被改动过');
		writeFileSync(file, text);
		expect(await scores('2025Q4')).toEqual(['100.0000', '100.0000']);
	});

	it('that nobody published are not used: a file among the published ones, or one left by a publishing that was cut off', async () => {
		const stray = join(home, 'schemes', 'county@4.yaml');
		writeFileSync(stray, rules('4', '2026Q2', '0.1'));
		for (const args of [
			['score', '--period', '2025Q4', '--scheme', 'county'],
			['tally', '--period', '2025Q4', '--scheme', 'county@2']
		]) {
			const ran = await kaoji(home, ...args);
			expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('county@4.yaml：细则 county 第 4 版')]);
		}
		expect((await publish(rules('4', '2026Q2', '1'))).stderr).toContain('没有发布记录');
		rmSync(stray);
		expect(await scores('2025Q4')).toEqual(['100.0000', '100.0000']);
	});

	it('that stand in the home twice with different texts are refused', async () => {
		const file = join(home, 'schemes', 'county.yaml');
		const text = readFileSync(file, 'utf8');
		writeFileSync(file, rules('2', '2025Q4', '0.9'));
		const ran = await kaoji(home, 'score', '--period', '2025Q4', '--scheme', 'county');
		expect([ran.code, ran.stderr]).toEqual([
			1,
			expect.stringContaining('county.yaml：这个文件自称是细则 county 第 2 版')
		]);
		writeFileSync(file, text);
	});

	it('may begin in a period that has begun where that is meant', async () => {
		const text = rules('4', '2026Q2', '1');
		const late = (...options: string[]): Promise<Ran> => {
			writeFileSync(draft, text);
			return kaoji(home, 'publish', draft, '--reason', '补发', '--today', '2026-05-01', ...options);
		};
		expect((await late()).stderr).toContain('2026Q2 已经开始');
		expect((await late('--past')).code).toBe(0);
	});
});
