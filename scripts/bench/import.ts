/**
 * Import of patrols against the leanest way to the same rows: a bare DuckDB `read_csv` into a table, a bare reading of the
 * workbook by its library.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { read, utils, write } from '@e965/xlsx';
import { join } from 'node:path';
import { day } from '#lib/basis/day.ts';
import type { Actor } from '#lib/basis/codes.ts';
import { openDuckdb } from '#lib/server/warehouse/duckdb/engine.ts';
import { openWarehouse } from '#lib/server/warehouse/open.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { compare } from './timing.ts';

export const benchActor: Actor = { name: 'bench', role: 'administrator', townships: 'all' };
const names = [
	'三井街道',
	'龙虎塘街道',
	'春江街道',
	'魏村街道',
	'新桥街道',
	'孟河镇',
	'薛家镇',
	'罗溪镇',
	'西夏墅镇',
	'奔牛镇'
];
const subjectsOfTownship = 500;

/** Writes a register and a file of patrols in order of date, as a system exports them. */
async function writeExports(folder: string, rows: number): Promise<{ registers: string[]; patrols: string }> {
	const township = join(folder, 'township.csv');
	writeFileSync(
		township,
		`行政区划代码,乡镇名称\n${names.map((name, i) => `3204111${String(i).padStart(2, '0')},${name}`).join('\n')}\n`
	);
	const subject = join(folder, 'subject.csv');
	const subjects = names.flatMap((name, i) =>
		Array.from(
			{ length: subjectsOfTownship },
			(_, j) => `3204111${String(i).padStart(2, '0')}-${j},第${j}单位,食品安全,${name}`
		)
	);
	writeFileSync(subject, `单位编号,单位名称,专业类别,所属乡镇\n${subjects.join('\n')}\n`);
	const patrols = join(folder, 'patrol.csv');
	const engine = await openDuckdb(':memory:');
	await engine.run(
		`COPY (
		SELECT 'P' || lpad(CAST(i AS VARCHAR), 8, '0') AS 流水号, '3204111' || lpad(CAST(i % 10 AS VARCHAR), 2, '0') || '-' || (hash(i) % ${subjectsOfTownship}) AS 单位编号,
			list_extract($names, 1 + i % 10) AS 所属乡镇, list_extract(['食品安全', '公共场所', '学校卫生', '饮用水卫生'], 1 + i % 4) AS 专业类别,
			DATE '2023-01-01' + CAST(i * 1000 // ${rows} AS INTEGER) AS 巡查日期, CASE WHEN i % 7 = 0 THEN 1 ELSE 0 END AS 问题数,
			CASE WHEN i % 7 = 0 THEN '卫生制度未上墙' ELSE '未发现问题' END AS 发现的主要问题, CASE WHEN i % 7 = 0 THEN '出具监督意见书' END AS 处理情况,
			CASE WHEN i % 7 = 0 THEN DATE '2023-01-31' + CAST(i * 1000 // ${rows} AS INTEGER) END AS 整改期限,
			CASE WHEN i % 14 = 0 THEN DATE '2023-01-21' + CAST(i * 1000 // ${rows} AS INTEGER) END AS 整改完成日期,
			list_extract(['甲', '乙', '丙'], 1 + i % 3) AS 巡查人, DATE '2023-01-02' + CAST(i * 1000 // ${rows} AS INTEGER) AS 填报日期, 1 AS 修改标志
		FROM range(${rows}) AS t(i)) TO '${patrols}' (HEADER)`,
		{ names }
	);
	await engine.close();
	return { registers: [township, subject], patrols };
}

/** The same patrols as a workbook, with its dates as days and a title above, as an office exports them. */
async function writeWorkbook(folder: string, csv: string): Promise<string> {
	const engine = await openDuckdb(':memory:');
	const rows = await engine.rows('SELECT * FROM read_csv($csv, all_varchar = true)', { csv });
	await engine.close();
	const serial = (iso: string): number => Math.round(Date.parse(iso) / 86_400_000) + 25_569;
	const day = /^\d{4}-\d\d-\d\d$/;
	const headers = Object.keys(rows[0] ?? {});
	const data = rows.map((row) =>
		headers.map((header) => {
			const cell = row[header];
			if (typeof cell !== 'string') return null;
			return day.test(cell) ? { t: 'n' as const, v: serial(cell), z: 'yyyy-mm-dd' } : { t: 's' as const, v: cell };
		})
	);
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.aoa_to_sheet([['巡查登记'], headers, ...data], { dense: true }), '巡查');
	const path = join(folder, 'patrol.xlsx');
	writeFileSync(path, write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Buffer);
	return path;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

/** The most memory that an import of its own process takes, in bytes. */
function peakOf(home: string, files: readonly string[]): number {
	const script = fileURLToPath(new URL('one-import.ts', import.meta.url));
	return Number(execFileSync(process.execPath, [script, home, ...files], { encoding: 'utf8' }).trim());
}

/** Prints the ratio of the import of a text, and the memory that it takes. */
export async function benchImport(folder: string, rows: number): Promise<void> {
	const { registers, patrols } = await writeExports(folder, rows);
	await benchTaking(
		folder,
		{ name: `import of ${rows} patrols (CSV) against bare read_csv`, registers, file: patrols, rows },
		async (run) => {
			const engine = await openDuckdb(join(folder, `bare-${run}.duckdb`));
			await engine.run('CREATE TABLE patrol AS SELECT * FROM read_csv($patrols)', { patrols });
			await engine.run('CHECKPOINT');
			await engine.close();
		}
	);
	console.log(`the most memory of that import: ${megabytes(peakOf(join(folder, 'peak'), [...registers, patrols]))}`);
}

/** Prints the ratio of the import of a workbook. */
export async function benchWorkbook(folder: string, rows: number): Promise<void> {
	const { registers, patrols } = await writeExports(folder, rows);
	const file = await writeWorkbook(folder, patrols);
	await benchTaking(
		folder,
		{ name: `import of ${rows} patrols (xlsx) against the library's bare read`, registers, file, rows },
		() => {
			const book = read(readFileSync(file), { dense: true });
			if (utils.sheet_to_json(book.Sheets['巡查'] ?? {}, { header: 1 }).length === 0) throw new Error('nothing read');
			return Promise.resolve();
		}
	);
	console.log(
		`the most memory of that import: ${megabytes(peakOf(join(folder, 'peak-workbook'), [...registers, file]))}`
	);
}

interface Taking {
	readonly name: string;
	readonly registers: readonly string[];
	readonly file: string;
	readonly rows: number;
}

/** Each run imports into a home of its own, in which the registers are. */
async function benchTaking(
	folder: string,
	{ name, registers, file, rows }: Taking,
	floor: (run: number) => Promise<void>
): Promise<void> {
	const options = { today: day(2026, 4, 30), now: '2026-04-30T08:00:00Z', locale: 'en' as const };
	let run = 0;
	let prepared = await prepare();

	async function prepare(): Promise<Awaited<ReturnType<typeof openWarehouse>>> {
		const warehouse = await openWarehouse(join(folder, `home-${rows}-${run++}`), { create: true });
		await importPaths(warehouse, registers, {}, options, benchActor);
		return warehouse;
	}

	await compare(
		name,
		3,
		async () => {
			const { files } = await importPaths(prepared, [file], {}, options, benchActor);
			if (files[0]?.added !== rows) throw new Error(`added ${String(files[0]?.added)} of ${rows}`);
		},
		() => floor(run),
		async () => {
			await prepared.engine.close();
			prepared = await prepare();
		}
	);
	await prepared.engine.close();
}
