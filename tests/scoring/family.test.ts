import { describe, expect, it } from 'vitest';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { compareVersions, covers, inForce, mayScore, nextVersion, versionFor } from '#lib/scoring/family.ts';
import { readScheme } from '#lib/scoring/read-scheme.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { readYaml } from '#lib/yaml/read-yaml.ts';
import { vocabularyOf } from '#lib/server/schemes/load.ts';

const on = (text: string): Period => parsePeriod(text) as Period;

function version(number: string, periods: string, annual = 'mean'): Scheme {
	const text = `id: trial\nversion: ${number}\nperiods: ${periods}\nannual: { method: ${annual} }\n`;
	return readScheme(readYaml(text, 'trial.yaml'), vocabularyOf(null)).scheme;
}

/** Versions as they are loaded: each with the others beside it. */
const family = (...versions: Scheme[]): Scheme[] =>
	versions.map((one) => ({ ...one, otherVersions: versions.filter((other) => other !== one) }));

describe('the versions of a scheme', () => {
	it('are ordered by number, not by letter', () => {
		expect(['10', '2', '1.10', '1.2', '1'].sort(compareVersions)).toEqual(['1', '1.2', '1.10', '2', '10']);
	});

	it('are followed by the next whole number', () => {
		expect([nextVersion([]), nextVersion(['1', '2', '10']), nextVersion(['2024.3'])]).toEqual(['1', '11', '2025']);
	});
});

describe('the version in force', () => {
	const versions = family(
		version('1', '{ from: 2022Q1 }'),
		version('2', '{ from: 2025Q3 }'),
		version('10', '{ from: 2026Q2, to: 2026Q3 }')
	);
	it.each([
		['2021Q4', null],
		['2022Q1', '1'],
		['2025Q2', '1'],
		['2025Q3', '2'],
		['2026Q1', '2'],
		['2026Q2', '10'],
		['2026Q3', '10'],
		// The last version has ended; those before it do not come back.
		['2026Q4', null],
		// A half-year that began under the first version stays with it.
		['2025H1', '1'],
		['2025H2', '2'],
		// A year of quarters takes its grades from the version in force at its end.
		['2024', '1'],
		['2025', '2']
	])('in %s is %s', (period, expected) => {
		expect(inForce(versions, on(period))?.version ?? null).toBe(expected);
		for (const scheme of versions) expect(versionFor(scheme, on(period))?.version ?? null).toBe(expected);
	});

	it('of a year that is one window is the one with which it began', () => {
		const direct = family(version('1', '{ from: 2022 }', 'direct'), version('2', '{ from: 2025Q3 }', 'direct'));
		expect(inForce(direct, on('2025'))?.version).toBe('1');
		expect(inForce(direct, on('2026'))?.version).toBe('2');
	});

	it('knows the others, also when it was found from another one', () => {
		const found = versionFor(versions[0] as Scheme, on('2025Q3'));
		expect(found?.otherVersions.map((other) => other.version)).toEqual(['1', '10']);
	});

	it('alone may score a period', () => {
		const may = (period: string): string[] =>
			versions.filter((scheme) => mayScore(scheme, on(period))).map((scheme) => scheme.version);
		expect(['2025Q2', '2025Q3', '2026Q2', '2026Q4', '2025'].map(may)).toEqual([['1'], ['2'], ['10'], [], ['2']]);
	});

	it('of a scheme that stands alone is the scheme itself, also for a year in which it began', () => {
		const alone = version('1', '{ from: 2025Q3 }');
		expect([covers(alone, on('2025Q2')), covers(alone, on('2025Q3'))]).toEqual([false, true]);
		expect(mayScore(alone, on('2025'))).toBe(true);
		expect(mayScore(alone, on('2024'))).toBe(false);
	});
});
