/** Whatever was imported, a rollback undoes it exactly: random files over few ids, so that rows act on one another. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { parseIsoDay, type Day } from '#lib/basis/day.ts';
import { Problem } from '#lib/basis/problem.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import type { FileReport } from '#lib/server/workflows/import-files.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { listQuarantine, quarantineTable } from '#lib/server/workflows/list-quarantine.ts';
import { dependentsOf, rollBack, type RollbackReport } from '#lib/server/workflows/roll-back.ts';
import { contents, standing, type State } from '../support/home-state.ts';
import { full, inFolder } from '../support/kaoji.ts';

const actor: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const act = { today: parseIsoDay('2025-06-30') as Day, now: '2025-06-30T08:00:00.000Z' };

/** A file to import: fresh rows, one that was imported before, or the held patrols with their dates put right. */
type Make =
	| { readonly make: 'file'; readonly text: string }
	| { readonly make: 'again'; readonly nth: number }
	| { readonly make: 'correct' };

const sheet = (header: string, row: fc.Arbitrary<readonly string[]>): fc.Arbitrary<Make> =>
	fc
		.array(row, { minLength: 1, maxLength: 4 })
		.map((rows) => ({ make: 'file', text: `${header}\n${rows.map((cells) => cells.join(',')).join('\n')}\n` }));

const from = (...cells: string[]): fc.Arbitrary<string> => fc.constantFrom(...cells);
const township = from('甲镇', '甲镇', '甲镇', '乙镇');
const flag = from('', '1', '2', '3', '3');
const date = from(...Array<string>(16).fill('2025-02-01'), '2025-02-02', '2025-02-30');

const townships = sheet('行政区划代码,乡镇名称,服务人口', fc.tuple(from('1,甲镇', '2,乙镇'), from('10', '20')));
const subjects = sheet(
	'单位编号,所属乡镇,单位名称,专业类别',
	fc.tuple(from('S1', 'S2'), township, from('甲店', '乙店'), from('餐饮'))
);
const patrols = sheet(
	'流水号,所属乡镇,单位编号,问题数,修改标志,巡查日期,专业类别',
	fc.tuple(from('P1', 'P1', 'P2'), township, from('', '', 'S1', 'S2'), from('0', '1'), flag, date, from('餐饮'))
);
const numbered = sheet(
	'序号,所属乡镇,单位编号,问题数,巡查日期,专业类别',
	fc.tuple(from('1', '2'), township, from('', 'S1'), from('0', '1'), date, from('餐饮'))
);
const findings = sheet(
	'编号,流水号,所属乡镇,严重程度',
	fc.tuple(from('F1', 'F2'), from('P1', 'P2'), from('', '甲镇'), from('一般', '严重'))
);

const file: fc.Arbitrary<Make> = fc.oneof(
	{ weight: 1, arbitrary: townships },
	{ weight: 3, arbitrary: subjects },
	{ weight: 9, arbitrary: patrols },
	{ weight: 2, arbitrary: numbered },
	{ weight: 2, arbitrary: findings },
	{ weight: 2, arbitrary: fc.nat(9).map((nth): Make => ({ make: 'again', nth })) },
	{ weight: 2, arbitrary: fc.constant<Make>({ make: 'correct' }) }
);
/** Mostly the register of townships is there first, because without it every row is held. */
const imports = fc
	.tuple(fc.nat(3), fc.array(fc.array(file, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: full ? 8 : 6 }))
	.map(([late, batches]): Make[][] =>
		late === 0 ? batches : [[{ make: 'file', text: '行政区划代码,乡镇名称\n1,甲镇\n2,乙镇\n' }], ...batches]
	);

/** What became of the rows of each file. */
type Counts = readonly Omit<FileReport, 'sha256'>[];

/** A home in memory in which files are imported, and each state is remembered. */
class Office {
	readonly warehouse: Warehouse;
	readonly folder: string;
	readonly texts: string[] = [];
	/** The state after each batch; the first is the empty home. */
	readonly states: State[] = [];
	last: { readonly paths: string[]; readonly counts: Counts; readonly contents: State } | null = null;

	constructor(warehouse: Warehouse, folder: string) {
		this.warehouse = warehouse;
		this.folder = folder;
	}

	async textOf(make: Make): Promise<string | null> {
		if (make.make === 'file') return make.text;
		if (make.make === 'again') return this.texts[make.nth % Math.max(1, this.texts.length)] ?? null;
		const held = await listQuarantine(this.warehouse, { kind: 'patrol', locale: 'zh' }, actor);
		return held.length === 0 ? null : csvText(quarantineTable(held)).replaceAll('2025-02-30', '2025-02-01');
	}

	async import(makes: readonly Make[], batch: number): Promise<void> {
		const paths: string[] = [];
		for (const [i, make] of makes.entries()) {
			const text = await this.textOf(make);
			if (text === null) continue;
			// A file that comes again has the name that it had.
			const known = this.texts.indexOf(text);
			const path = join(this.folder, `${known < 0 ? `${batch}-${i}` : known}.csv`);
			writeFileSync(path, text);
			paths.push(path);
			if (make.make === 'file') this.texts.push(text);
		}
		if (paths.length === 0) return;
		const counts = await this.take(paths);
		this.last = { paths, counts, contents: await contents(this.warehouse.engine) };
		this.states.push(await standing(this.warehouse.engine));
	}

	async take(paths: readonly string[]): Promise<Counts> {
		const { files } = await importPaths(this.warehouse, paths, {}, { ...act, locale: 'zh' }, actor);
		return files.map(({ sha256, ...counts }) => (void sha256, counts));
	}

	undo(batch: number, cascade: boolean): Promise<RollbackReport> {
		return rollBack(this.warehouse, { ...act, batch, cascade, reason: '试' }, actor);
	}

	get engine(): Warehouse['engine'] {
		return this.warehouse.engine;
	}
}

async function inOffice(makes: readonly (readonly Make[])[], work: (office: Office) => Promise<void>): Promise<void> {
	await inFolder(async (folder) => {
		const warehouse = await openWarehouse(folder, { create: true, engineName: 'memory' });
		try {
			const office = new Office(warehouse, folder);
			office.states.push(await standing(warehouse.engine));
			for (const [i, files] of makes.entries()) await office.import(files, i);
			if (office.last) await work(office);
		} finally {
			await warehouse.engine.close();
		}
	});
}

const runs = { numRuns: full ? 100 : 4 };
// A run takes a second or two.
const timeout = full ? 1_800_000 : 300_000;

describe('a rollback, whatever was imported', () => {
	it(
		'of the last batch leaves the home as it was before it, and the same files come in again as they did',
		async () => {
			await fc.assert(
				fc.asyncProperty(imports, (makes) =>
					inOffice(makes, async (office) => {
						const { engine, states, last } = office;
						const batch = states.length - 1;
						const before = states[batch - 1];
						expect(await dependentsOf(engine, batch)).toEqual([]);
						await office.undo(batch, false);
						expect(await standing(engine)).toEqual(before);
						expect(await office.take(last?.paths ?? [])).toEqual(last?.counts);
						expect(await contents(engine)).toEqual(last?.contents);
						await office.undo(batch + 2, false);
						expect(await standing(engine)).toEqual(before);
					})
				),
				runs
			);
		},
		timeout
	);

	it(
		'of any batch with what builds on it, and then of all that came later, leaves the home as before that batch',
		async () => {
			await fc.assert(
				fc.asyncProperty(imports, fc.nat(), async (makes, nth) =>
					inOffice(makes, async (office) => {
						const { engine, states } = office;
						const count = states.length - 1;
						const batch = 1 + (nth % count);
						const building = new Set((await dependentsOf(engine, batch)).map((dependent) => dependent.batch));
						const refused = await office.undo(batch, false).then(
							() => false,
							(error: unknown) => error instanceof Problem && error.code === 'batch_built_on'
						);
						expect(refused).toBe(building.size > 0);
						if (refused) expect((await office.undo(batch, true)).undone).toEqual([...building, batch]);
						for (let later = count; later > batch; later--) if (!building.has(later)) await office.undo(later, false);
						expect(await standing(engine)).toEqual(states[batch - 1]);
						for (let earlier = batch - 1; earlier > 0; earlier--) await office.undo(earlier, false);
						expect(await standing(engine)).toEqual(states[0]);
					})
				),
				runs
			);
		},
		timeout
	);
});
