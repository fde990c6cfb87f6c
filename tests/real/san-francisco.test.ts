/**
 * Another stranger's files: the food inspections of San Francisco, which have no ids, no UTF-8 and days of correction
 * within the text. Every row is accounted for a second time here, from the raw files by plain loops; of the product only
 * the command line is used, and its mappings' headers.
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

const folder = 'real/san-francisco';
const present = hasShared(folder);
const fileOf = (name: string): string => join(shared, folder, `${name}.csv`);
const today = '2026-04-30';

const mappings = [
	['san-francisco-townships', 'businesses'],
	['san-francisco-businesses', 'businesses'],
	['san-francisco-inspections', 'inspections'],
	['san-francisco-violations', 'violations']
] as const;

/** The five digits of a postal code or a ZIP+4; null for anything else, and for five zeros. */
const postalCode = ({ postal_code: cell = '' }: Raw): string | null =>
	/^\d{5}(?:\d{4})?$/.test(cell) && cell !== '00000' ? cell.slice(0, 5) : null;

/** `19 20171211`: what a violation says of its inspection. */
const dayAndPlace = (row: Raw): string => `${row['business_id']} ${row['date']}`;
/** `19-2017-12-11`: the id that the mappings make of it. */
const idOf = (row: Raw): string => `${row['business_id']}-${isoOf(row['date'] ?? '')}`;
const isoOf = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;

/** What a violation says of its correction: an ISO day, null where it says nothing, or the code of what is wrong. */
function correctedOn({ description = '', date = '' }: Raw): { day: string | null } | { problem: string } {
	const said = /\[ date violation corrected: ([^\]]*) \]$/.exec(description)?.[1];
	if (said === undefined) return { day: null };
	const [month = '', day = '', year = ''] = said.split('/');
	if (/^\d+$/.test(month) && year !== '') {
		const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
		return iso > today ? { problem: 'date_in_future' } : { day: iso };
	}
	// 12:15:17 PM: the day of the inspection, month:day:year, that was turned into a time.
	const same = `${date.slice(4, 6)}:${date.slice(6)}:${date.slice(2, 4)}`;
	return said.startsWith(same) ? { day: isoOf(date) } : { problem: 'bad_date' };
}

it.runIf(!present)(
	`says that the inspections of San Francisco were not checked: ${join(shared, folder)} is not here`,
	() => {
		process.stderr.write(`not run: tests/real/san-francisco.test.ts, because ${join(shared, folder)} is not here\n`);
	}
);

describe.skipIf(!present)('the food inspections of San Francisco', () => {
	let home: string;
	afterAll(() => {
		rmSync(home, { recursive: true, force: true });
	});

	const { imported, heldNow, asked } = cityIn(() => home, today);
	const allImported = async (): Promise<FileReport[]> => {
		const all: FileReport[] = [];
		for (const [mapping, name] of mappings) all.push(await imported(fileOf(name), '--mapping', mapping));
		return all;
	};

	let businesses: Raw[];
	let inspections: Raw[];
	let violations: Raw[];
	/** The rows that must be held, `kind line: field code, …`, and the rows that repeat another one's content. */
	let held: Map<string, string>;
	let repeated: Raw[];
	/** The rows that are facts. */
	let facts: { businesses: Raw[]; inspections: Raw[]; violations: Raw[] };
	let reports: FileReport[];

	beforeAll(async () => {
		home = mkdtempSync(join(tmpdir(), 'kaoji-san-francisco-'));
		businesses = rawRows(fileOf('businesses'), 'latin1');
		inspections = rawRows(fileOf('inspections'), 'utf8');
		violations = rawRows(fileOf('violations'), 'utf8');

		held = new Map();
		const hold = (kind: string, { line }: Raw, problems: readonly string[]): void => {
			if (problems.length > 0) held.set(`${kind} ${line}`, problems.join(', '));
		};
		for (const row of businesses.filter((one) => postalCode(one) === null)) {
			hold('township', row, ['code missing_value', 'name missing_value']);
			hold('subject', row, ['township missing_value']);
		}
		const placed = businesses.filter((row) => postalCode(row) !== null);
		const known = new Set(placed.map((row) => row['business_id']));

		const visits: Raw[] = [];
		repeated = [];
		for (const row of inspections.filter((one) => !known.has(one['business_id'])))
			hold('patrol', row, ['subject unknown_subject']);
		const byDay = Map.groupBy(
			inspections.filter((row) => known.has(row['business_id'])),
			dayAndPlace
		);
		for (const rows of byDay.values()) {
			const [first, ...others] = rows as [Raw, ...Raw[]];
			if (others.some((row) => row['type'] !== first['type']))
				for (const row of rows) hold('patrol', row, ['null conflicting_rows']);
			else {
				visits.push(first);
				repeated.push(...others);
			}
		}

		const made = new Set(visits.map(dayAndPlace));
		const found: Raw[] = [];
		for (const row of violations) {
			const correction = correctedOn(row);
			const problems = [
				...(made.has(dayAndPlace(row)) ? [] : ['patrol unknown_patrol']),
				...('problem' in correction ? [`rectified_on ${correction.problem}`] : [])
			];
			hold('finding', row, problems);
			if (problems.length === 0) found.push(row);
		}
		facts = { businesses: placed, inspections: visits, violations: found };
		reports = await allImported();
	});

	const heldOf = (kind: string): number => [...held.keys()].filter((place) => place.startsWith(`${kind} `)).length;

	it('have the headers by which their mappings are known', () => {
		for (const name of ['inspections', 'violations']) {
			const [head = ''] = readFileSync(fileOf(name), 'utf8').split('\r\n', 1);
			const headers = head.split(',').map((cell) => cell.replaceAll('"', ''));
			expect(readMapping(`san-francisco-${name}`, null).fingerprint).toBe(fingerprintOf(headers));
		}
	});

	it('have as many rows as the city published', () => {
		expect([businesses.length, inspections.length, violations.length]).toEqual([6399, 14_233, 39_006]);
	});

	it('have seven bytes that are not ASCII, and are neither UTF-8 nor GB18030 nor Big5', () => {
		const bytes = readFileSync(fileOf('businesses'));
		for (const other of ['utf-8', 'gb18030', 'big5'])
			expect(() => new TextDecoder(other, { fatal: true }).decode(bytes)).toThrow();
		expect(counted([...bytes.filter((byte) => byte > 127)].map((byte) => byte.toString(16)))).toEqual({
			c9: 4,
			d1: 1,
			ca: 1,
			c8: 1
		});
	});

	it('are read as what their mappings say, so that names have their accents', async () => {
		expect(reports.map(({ encoding }) => encoding)).toEqual(['windows-1252', 'windows-1252', 'utf-8', 'utf-8']);
		const rows = await asked(
			`SELECT name FROM subject WHERE NOT regexp_full_match(name, '[\\x20-\\x7E]*') ORDER BY name`
		);
		expect(rows.map(({ name }) => name)).toEqual(
			[
				'CRÈME BRULEE TO GO',
				'KIÊN THANH',
				'LA NOISETTE CAFÉ AND DELI',
				'LAGUNA CAFÉ',
				'SUNNY WHEATFIELD CAFÉ INC',
				'T-28 BAKERY & CAFÉ',
				'TROPISUEÑO'
			].sort()
		);
	});

	it('are refused where nobody says what they are encoded in', async () => {
		const ran = await kaoji(home, 'import', fileOf('businesses'), '--kind', 'subject', '--today', today);
		expect(ran.code).not.toBe(0);
		expect(ran.stderr).toContain('businesses.csv');
		expect(ran.stderr).toMatch(/编码/);
	});

	it('are read whole: every row is a fact, says nothing new, or is held', () => {
		const codes = new Set(facts.businesses.map(postalCode));
		const nothing = { revised: 0, withdrawn: 0, released: 0 };
		const expected = [
			{ kind: 'township', read: 6399, added: codes.size, unchanged: facts.businesses.length - codes.size },
			{ kind: 'subject', read: 6399, added: facts.businesses.length, unchanged: 0 },
			{ kind: 'patrol', read: 14_233, added: facts.inspections.length, unchanged: repeated.length },
			{ kind: 'finding', read: 39_006, added: facts.violations.length, unchanged: 0 }
		].map((file) => ({ ...file, quarantined: heldOf(file.kind), ...nothing }));
		expect(reports).toMatchObject(expected);
		expect(heldOf('subject')).toBe(233 + 6);
	});

	it('are held line by line for what is wrong with them', async () => {
		const found = (await heldNow()).map(
			({ kind, line, problems }) =>
				`${kind} ${line}: ${problems.map(({ field, code }) => `${field} ${code}`).join(', ')}`
		);
		const expected = [...held].map(([place, problems]) => `${place}: ${problems}`);
		expect(found.sort()).toEqual(expected.sort());
	});

	it('are held for as many reasons as their mappings speak of', () => {
		const days = Map.groupBy(inspections, dayAndPlace);
		expect([...days.values()].filter((rows) => rows.length > 1)).toHaveLength(3);
		expect(violations.filter((row) => !days.has(dayAndPlace(row)))).toHaveLength(932);
		expect(repeated).toHaveLength(2);
		const reasons = counted([...held.values()].flatMap((problems) => problems.split(', ')));
		expect(reasons).toMatchObject({
			'null conflicting_rows': 2,
			'rectified_on bad_date': 1,
			'rectified_on date_in_future': 2
		});
		const early = violations.filter((row) => {
			const correction = correctedOn(row);
			return 'day' in correction && correction.day !== null && correction.day < isoOf(row['date'] ?? '');
		});
		expect(early).toHaveLength(141);
	});

	it('become premises of their postal code', async () => {
		const rows = await asked('SELECT township, domain, count(*) AS n FROM subject GROUP BY ALL');
		expect(Object.fromEntries(rows.map((row) => [`${row['township']} ${row['domain']}`, Number(row['n'])]))).toEqual(
			counted(facts.businesses.map((row) => `${postalCode(row)} food_safety`))
		);
	});

	it('become patrols of the postal code of their business on the day of the inspection', async () => {
		const codeOf = new Map(businesses.map((row) => [row['business_id'], postalCode(row)]));
		const rows = await asked(
			'SELECT id, subject, township, CAST(patrolled_on AS VARCHAR) AS day, content FROM patrol GROUP BY ALL'
		);
		expect(
			rows.map((row) => `${row['id']} ${row['subject']} ${row['township']} ${row['day']} ${row['content']}`).sort()
		).toEqual(
			facts.inspections
				.map((row) => {
					const day = isoOf(row['date'] ?? '');
					return `${idOf(row)} ${row['business_id']} ${codeOf.get(row['business_id'])} ${day} ${row['type']}`;
				})
				.sort()
		);
	});

	it('become findings of the inspection that they name, with the day of correction taken out of their text', async () => {
		const rows = await asked(
			`SELECT patrol, description, CAST(rectified_on AS VARCHAR) AS done, count(*) AS n FROM finding GROUP BY ALL`
		);
		expect(
			Object.fromEntries(rows.map((row) => [`${row['patrol']} ${row['description']} ${row['done']}`, Number(row['n'])]))
		).toEqual(
			counted(
				facts.violations.map((row) => {
					const correction = correctedOn(row);
					const text = (row['description'] ?? '').replace(/\[.*$/, '').trim();
					return `${idOf(row)} ${text} ${'day' in correction ? correction.day : ''}`;
				})
			)
		);
	});

	it('change nothing when they are handed in again: every row is unchanged or held as before', async () => {
		const before = await heldNow();
		const again = await allImported();
		expect(again.map(({ added, revised, withdrawn, released }) => added + revised + withdrawn + released)).toEqual([
			0, 0, 0, 0
		]);
		expect(again.map(({ unchanged, quarantined }) => [unchanged, quarantined])).toEqual(
			reports.map(({ added, unchanged, quarantined }) => [added + unchanged, quarantined])
		);
		const places = (rows: readonly Held[]): string[] => rows.map(({ kind, line }) => `${kind} ${line}`).sort();
		expect(places(await heldNow())).toEqual(places(before));
	});

	it('let go of what hangs on a business once its postal code is filled in', async () => {
		const visited = new Set(violations.map((row) => row['business_id']));
		const business = businesses.find((row) => postalCode(row) === null && visited.has(row['business_id']));
		const id = business?.['business_id'];
		const visits = new Set(inspections.filter((row) => row['business_id'] === id).map(dayAndPlace));
		const waiting = violations.filter((row) => visits.has(dayAndPlace(row)));
		expect(waiting.length).toBeGreaterThan(0);

		const hold = (await heldNow()).find(({ kind, line }) => kind === 'subject' && line === business?.line)?.hold;
		const path = join(home, 'corrected.csv');
		writeFileSync(
			path,
			`暂存编号,单位编号,单位名称,专业类别,所属乡镇\n${hold},${id},${business?.['name']},food_safety,94110\n`
		);
		expect(await imported(path, '--kind', 'subject')).toMatchObject({
			read: 1,
			added: 1,
			quarantined: 0,
			released: visits.size + waiting.length
		});
		const found = await asked(`SELECT count(*) AS n FROM finding WHERE township = '94110' AND patrol LIKE '${id}-%'`);
		expect(Number(found[0]?.['n'])).toBe(waiting.length);
	});
});
