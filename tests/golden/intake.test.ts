/** Imports of files as offices send them, each against figures that were worked out by hand. */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandProblemCodes, type ProblemCode, rowProblemCodes } from '#lib/basis/problem.ts';
import type { FileReport, ImportReport } from '#lib/server/workflows/import-files.ts';
import { publishedViews } from '#lib/server/warehouse/published.ts';
import { lookInto } from '../support/home-state.ts';
import { inFolder, kaoji, ownFolder } from '../support/kaoji.ts';
import type { Expected, Refused, Taken } from './making/case.ts';

const golden = fileURLToPath(new URL('intake', import.meta.url));

/** The folders of a case's imports, in their order. */
const stepsOf = (name: string): string[] => {
	const steps = readdirSync(join(golden, name)).filter((entry) => entry.startsWith('step-'));
	return steps.length === 0 ? [join(golden, name)] : steps.sort().map((step) => join(golden, name, step));
};
const expectedOf = (folder: string): Expected =>
	JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;

const cases = readdirSync(golden).sort();
const ofBase = '_base';

/** Problems of an import that no file of an office gives by itself, and where they are met. */
const elsewhere: Partial<Record<ProblemCode, string>> = {
	file_stalls: 'a file that turns a reader in circles: the tests of the reader',
	file_too_large: 'more memory than a test may take: the tests of the reader',
	file_unreadable: 'a file that the system does not let us read: nothing that stands in a file',
	import_cancelled: 'what a person does while a file is read, not what a file says',
	mapping_header_taken: 'what a person says as a mapping is saved',
	mapping_name_taken: 'what a person says as a mapping is saved',
	mapping_name_unsafe: 'what a person says as a mapping is saved',
	mapping_unfinished: 'what a person says as a mapping is saved'
};
/** The problems of files and of what is said about them. */
const ofFiles = /^(?:file|archive|format|encoding|kind|sheet|mapping|hold|import)_/;

/** The command line of a folder: its files by name, and what stands beside them. */
function commandOf(folder: string, { paths, arguments: more = [] }: Expected): string[] {
	const files =
		paths ??
		readdirSync(folder)
			.filter((name) => name !== 'expected.json' && name !== 'home')
			.sort();
	return ['import', ...files.map((name) => join(folder, name)), ...more, '--today', '2026-04-30'];
}

/** A sheet's report without what is said of it elsewhere: its bytes, and how sure its recognition was. */
const compared = ({ sha256, recognised, ...sheet }: FileReport): unknown => (void sha256, void recognised, sheet);

const reported = ({ files, problems, skipped = [] }: ImportReport): unknown => ({
	files: files.map(compared),
	problems: problems.map(({ code, count, sample }) => ({
		code,
		count,
		sample: sample.map(({ message, ...where }) => (expect(message).not.toBe(''), where))
	})),
	skipped
});

async function takes(home: string, folder: string, expected: Taken): Promise<void> {
	const command = [...commandOf(folder, expected), '--json'];
	const held = expected.files.some(({ quarantined }) => quarantined > 0);
	const wanted = { files: expected.files, problems: expected.problems, skipped: expected.skipped };
	for (const more of [['--dry-run'], []]) {
		const ran = await kaoji(home, ...command, ...more);
		if (ran.stdout === '') throw new Error(ran.stderr);
		const report = ran.json() as ImportReport;
		for (const { read, added, revised, withdrawn, unchanged, quarantined } of report.files)
			expect(read).toBe(added + revised + withdrawn + unchanged + quarantined);
		expect({ ...(reported(report) as object), code: ran.code }).toEqual({ ...wanted, code: held ? 3 : 0 });
	}
	if (expected.facts) await holds(home, expected.facts);
}

/** Asks a home as an analyst would, without the copy that is made for analysts. */
async function holds(home: string, facts: NonNullable<Taken['facts']>): Promise<void> {
	await lookInto(home, async (engine) => {
		for (const { sql, rows } of facts) {
			const views = publishedViews.filter(
				({ name }) => name !== 'quarantine' && new RegExp(`FROM ${name}\\b`).test(sql)
			);
			const named = views.map((view) => `${view.name} AS (${view.sql})`).join(', ');
			const told = await engine.rows(
				`${named === '' ? '' : `WITH ${named} `}SELECT CAST(to_json(told) AS VARCHAR) AS told FROM (${sql}) AS told`
			);
			expect(told.map((row) => JSON.parse(String(row['told'])) as unknown)).toEqual(rows);
		}
	});
}

async function refuses(home: string, folder: string, { refused, ...expected }: Refused): Promise<void> {
	const before = readFileSync(join(home, 'kaoji.duckdb'));
	for (const more of [['--dry-run'], []]) {
		const ran = await kaoji(home, ...commandOf(folder, { ...expected, refused }), '--debug', ...more);
		const [, code, told] = /^\w+: ([a-z_]+) (\{.*\})$/m.exec(ran.stderr) ?? [];
		expect([ran.code, ran.stdout, code]).toEqual([1, '', refused.code]);
		expect({ code, ...(JSON.parse(told ?? '{}') as object) }).toMatchObject(refused);
		expect(ran.stderr).toContain(String(refused['file'] ?? ''));
		expect(readFileSync(join(home, 'kaoji.duckdb')).equals(before)).toBe(true);
	}
}

async function goesAsExpected(home: string, folder: string): Promise<void> {
	const own = join(folder, 'home');
	if (existsSync(own)) cpSync(own, home, { recursive: true });
	const expected = expectedOf(folder);
	await ('refused' in expected ? refuses(home, folder, expected) : takes(home, folder, expected));
}

describe('an import of what an office sends', () => {
	const baseHome = ownFolder();
	beforeAll(() => goesAsExpected(baseHome.path, join(golden, ofBase)));
	afterAll(baseHome.remove);

	it.concurrent.each(cases.filter((name) => name !== ofBase))('%s goes as its expected.json says', (name) =>
		inFolder(async (home) => {
			cpSync(baseHome.path, home, { recursive: true });
			for (const folder of stepsOf(name)) await goesAsExpected(home, folder);
		})
	);

	it('meets every problem that an import can have', () => {
		const expected = cases.flatMap(stepsOf).map(expectedOf);
		const met = new Set(
			expected.flatMap((one) => ('refused' in one ? [one.refused.code] : one.problems.map(({ code }) => code)))
		);
		const possible = [...rowProblemCodes, ...commandProblemCodes.filter((code) => ofFiles.test(code))];
		expect(possible.filter((code) => !met.has(code)).sort()).toEqual(Object.keys(elsewhere).sort());
	});
});
