/**
 * Files that were damaged on their way: bytes changed, lost, doubled, cut off. Each is refused with a reason or taken with
 * every row accounted for; nothing crashes, nothing hangs, and no batch is taken by halves.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { type Day, parseIsoDay } from '#lib/basis/day.ts';
import { Problem } from '#lib/basis/problem.ts';
import { countOf } from '#lib/server/warehouse/engine.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { full, ownFolder } from '../support/kaoji.ts';
import { patrolCsv, subjectCsv, townshipCsv } from './files.ts';
import { type FileForm, fileOf } from './forms/files.ts';

const cases = full ? 20_000 : 120;
const actor: Actor = { name: 'test', role: 'administrator', townships: 'all' };
const options = { today: parseIsoDay('2026-04-30') as Day, now: '2026-04-30T08:00:00.000Z', locale: 'zh' as const };

const rows = patrolCsv(12)
	.trimEnd()
	.split('\n')
	.map((line) => line.split(','));

const text = { form: 'text', delimiter: ',', lineEnd: '\r\n', quotes: 'all', endsOpen: false } as const;
const book = { form: 'book', nativeDays: true, from1904: false } as const;
const forms: readonly FileForm[] = [
	...(['utf8', 'utf8-bom', 'utf16le', 'utf16be-bare', 'gb18030'] as const).map((encoding) => ({ ...text, encoding })),
	...(['xlsx', 'xlsb', 'biff8', 'biff5', 'ods', 'fods', 'xlml'] as const).map((one) => ({ ...book, book: one })),
	{ form: 'html', encoding: 'gbk', said: true }
];
const files = forms.map((form) => fileOf(rows, form));

/** One damage: at a place (as a share of the file), of a length, of a kind. */
type Damage = readonly ['change' | 'lose' | 'double' | 'zero' | 'cut' | 'insert', number, number, number];
const anyDamage: fc.Arbitrary<Damage> = fc.tuple(
	fc.constantFrom('change', 'change', 'change', 'lose', 'double', 'zero', 'cut', 'insert'),
	// Places all over the file: chance that prefers extremes would damage its first bytes alone.
	fc.noBias(fc.integer({ min: 0, max: 9_999 })).map((place) => place / 10_000),
	fc.integer({ min: 1, max: 64 }),
	fc.integer({ min: 0, max: 255 })
);

function damaged(bytes: Buffer, [how, share, length, value]: Damage): Buffer {
	const at = Math.floor(share * bytes.length);
	const [before, hit, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
	switch (how) {
		case 'change': {
			const changed = Buffer.from(bytes);
			if (at < changed.length) changed[at] = value;
			return changed;
		}
		case 'lose':
			return Buffer.concat([before, after]);
		case 'double':
			return Buffer.concat([before, hit, hit, after]);
		case 'zero':
			return Buffer.concat([before, Buffer.alloc(hit.length), after]);
		case 'cut':
			return before;
		case 'insert':
			return Buffer.concat([before, Buffer.alloc(length, value), hit, after]);
	}
}

describe('a damaged file', () => {
	const { path, remove } = ownFolder();
	const home = join(path, 'home');
	let warehouse: Warehouse | null = null;
	let taken = 0;
	let refused = 0;
	afterAll(async () => {
		await warehouse?.engine.close();
		remove();
	});

	/** A home with the registers; a new one now and then, so that no case stands on too many before it. */
	async function homeFor(one: number): Promise<Warehouse> {
		if (warehouse && one % 500 !== 0) return warehouse;
		await warehouse?.engine.close();
		warehouse = await openWarehouse(home, { create: true, engineName: 'memory' });
		mkdirSync(home, { recursive: true });
		const registers = [join(path, 'township.csv'), join(path, 'subject.csv')] as const;
		writeFileSync(registers[0], townshipCsv);
		writeFileSync(registers[1], subjectCsv(12));
		await importPaths(warehouse, registers, {}, options, actor);
		return warehouse;
	}

	const counts = async ({ engine }: Warehouse): Promise<Record<'batches' | 'facts' | 'sources' | 'held', number>> => {
		const [row] = await engine.rows(
			`SELECT (SELECT coalesce(max(batch), 0) FROM batch) AS batches, (SELECT count(*) FROM fact_patrol) AS facts,
			(SELECT count(*) FROM source) AS sources, (SELECT count(*) FROM quarantine) AS held`
		);
		const count = (name: string): number => countOf(row?.[name]);
		return { batches: count('batches'), facts: count('facts'), sources: count('sources'), held: count('held') };
	};

	it(
		`is refused with a reason, or every row of it is accounted for (${cases} cases)`,
		async () => {
			let one = 0;
			await fc.assert(
				fc.asyncProperty(
					fc.constantFrom(...files),
					fc.array(anyDamage, { minLength: 1, maxLength: 4 }),
					async ({ name, bytes }, damages) => {
						const own = await homeFor(one++);
						const file = join(path, name);
						writeFileSync(file, damages.reduce(damaged, bytes));
						const before = await counts(own);
						try {
							const report = await importPaths(own, [file], {}, options, actor);
							const after = await counts(own);
							for (const sheet of report.files)
								expect(sheet.read).toBe(
									sheet.added + sheet.revised + sheet.withdrawn + sheet.unchanged + sheet.quarantined
								);
							const sum = (of: 'added' | 'revised' | 'quarantined'): number =>
								report.files.filter(({ kind }) => kind === 'patrol').reduce((total, sheet) => total + sheet[of], 0);
							expect(after).toEqual({
								batches: before.batches + 1,
								sources: before.sources + report.files.length,
								facts: before.facts + sum('added') + sum('revised'),
								held: before.held + report.files.reduce((total, sheet) => total + sheet.quarantined, 0)
							});
							taken++;
						} catch (error) {
							if (!(error instanceof Problem)) throw error;
							expect(error.code).not.toBe('internal');
							expect(await counts(own)).toEqual(before);
							refused++;
						}
					}
				),
				{ numRuns: cases, endOnFailure: true }
			);
			// A test in which all files are refused, or none is, would show nothing.
			expect(Math.min(taken, refused)).toBeGreaterThan(cases / 20);
		},
		full ? 7_200_000 : 240_000
	);
});
