/** Commands that bring data in: init, import, quarantine, demo. */
import { fileAndSheet } from '#lib/basis/file-and-sheet.ts';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '#lib/basis/problem.ts';
import { importFiles, type ImportReport } from '#lib/server/workflows/import-files.ts';
import { recogniseFiles, withReadingFolder } from '#lib/server/workflows/recognise-files.ts';
import { listQuarantine, quarantineTable } from '#lib/server/workflows/list-quarantine.ts';
import { writeDemo } from '#lib/server/workflows/write-demo.ts';
import { isTableFile } from '#lib/server/workbooks/open-file.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import type { Progress } from '#lib/intake/progress.ts';
import { progressText } from '#lib/messages/progress-text.ts';
import { sheetNoteTexts } from '#lib/messages/sheet-note-text.ts';
import { kinds } from '#lib/intake/kinds/index.ts';
import { inLocale } from '#lib/basis/codes.ts';
import type { Command, Invocation } from '../command.ts';
import { table } from '../table.ts';
import { absentLines, revisionLines } from './decisions.ts';

export const init: Command = {
	name: 'init',
	words: { zh: '建立数据目录；重复运行无妨', en: 'make a home; safe to repeat' },
	usage: '',
	options: {},
	positionals: { least: 0, most: 0 },
	run: (call) =>
		call.inHome(
			async ({ home, schema }) => ({
				json: { home, schema },
				text: [
					inLocale(
						{ zh: `${home} 已就绪（结构版本 ${schema}）`, en: `${home} is ready (schema ${schema})` },
						call.locale
					)
				]
			}),
			{ create: true }
		)
};

/** Does something with a folder, and says it plainly where its rights or the disk do not allow it. */
function orUnusable<T>(path: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === undefined) throw error;
		throw new Problem('folder_unusable', { path, reason: code });
	}
}

/** The export files of a folder, by name; a path that is no folder stands for itself. */
function filesAt(path: string): string[] {
	if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
	const files = orUnusable(path, () => readdirSync(path))
		.filter(isTableFile)
		.sort();
	if (files.length === 0)
		throw new Problem('file_missing', { path: join(path, '*.xlsx, *.xls, *.csv, …') }, { file: path });
	return files.map((name) => join(path, name));
}

export const importCommand: Command = {
	name: 'import',
	words: { zh: '导入导出的表格；名册先入，出错的行暂存', en: 'import export files; registers first, faulty rows held' },
	usage: 'FILE|FOLDER…',
	options: {
		kind: {
			type: 'string',
			value: 'KIND',
			words: {
				zh: `表类：${kinds.map(({ name }) => name).join('、')}`,
				en: `kind: ${kinds.map(({ name }) => name).join(', ')}`
			}
		},
		mapping: {
			type: 'string',
			value: 'NAME',
			words: { zh: '用这份映射读外来的表', en: 'read a stranger’s file by this mapping' }
		},
		sheet: { type: 'string', value: 'NAME', words: { zh: '只读这个工作表', en: 'only this sheet' } },
		encoding: {
			type: 'string',
			value: 'NAME',
			words: { zh: '文本编码（默认自动识别）', en: 'text encoding (default: found out)' }
		},
		snapshot: {
			type: 'boolean',
			words: {
				zh: '名册为全量：列出名册里现有、文件里没有的单位，等待处理',
				en: 'the registers are whole: list what is current and absent from them, for a decision'
			}
		},
		'confirm-revisions': {
			type: 'boolean',
			words: { zh: '确认文件会改写已有记录', en: 'the file may rewrite what is there' }
		},
		today: {
			type: 'string',
			value: 'DAY',
			words: { zh: '导入当日（默认今天）', en: 'the day of import (default today)' }
		},
		'dry-run': { type: 'boolean', words: { zh: '只试不存', en: 'tell what would happen, keep nothing' } }
	},
	positionals: { least: 1, most: Infinity },
	run: async (call) => {
		const today = call.today();
		const named = {
			kind: call.text('kind'),
			mapping: call.text('mapping'),
			sheet: call.text('sheet'),
			encoding: call.text('encoding')
		};
		const paths = call.positionals.flatMap(filesAt);
		const report = await call.interruptible(async (signal) =>
			withReadingFolder(call.home, async (folder) => {
				const watch = { signal, progress: teller(call) };
				const recognised = await recogniseFiles(paths, named, call.home, folder, watch);
				return call.inHome(
					(warehouse) =>
						importFiles(
							warehouse,
							recognised,
							{
								today,
								now: call.world.now(),
								locale: call.locale,
								confirmRevisions: call.is('confirm-revisions'),
								dryRun: call.is('dry-run'),
								snapshot: call.is('snapshot'),
								...watch
							},
							call.actor
						),
					{ create: true }
				);
			})
		);
		const held = report.files.reduce((sum, { quarantined }) => sum + quarantined, 0);
		return { json: jsonOf(report, call.is('snapshot')), text: importLines(report, call), exitCode: held > 0 ? 3 : 0 };
	}
};

/** Says on stderr how far it has come: each file and table once, and its pace now and then. */
function teller(call: Invocation): (progress: Progress) => void {
	let [stage, began, last, told] = ['', 0, 0, ''];
	return (progress) => {
		const now = performance.now();
		if (progress.stage !== stage) [stage, began] = [progress.stage, now];
		const what = `${stage} ${progress.done} ${progress.file} ${progress.sheet ?? ''}`;
		if (what === told && now - last < pauseBetweenWords) return;
		[told, last] = [what, now];
		call.progress(progressText(progress, (now - began) / 1000, call.locale));
	};
}

/** Milliseconds between two words on one and the same table. */
const pauseBetweenWords = 2_000;

const jsonOf = (
	{ batch, files, problems, skipped, dryRun, absent, revisions }: ImportReport,
	snapshot: boolean
): unknown => ({
	batch,
	files,
	problems,
	...(snapshot ? { absent } : {}),
	...(revisions.count > 0 ? { revisions } : {}),
	...(skipped.length > 0 ? { skipped } : {}),
	...(dryRun ? { dryRun } : {})
});

function importLines(report: ImportReport, call: Invocation): string[] {
	const { locale } = call;
	const words =
		locale === 'zh'
			? ['文件', '表类', '读入', '新增', '改写', '撤回', '未变', '暂存', '释放']
			: ['file', 'kind', 'read', 'added', 'revised', 'withdrawn', 'unchanged', 'held', 'released'];
	const rows = report.files.map((file) => [
		fileAndSheet(file.file, file.sheet),
		inLocale(kinds.find(({ name }) => name === file.kind)?.label ?? { zh: file.kind }, locale),
		...[file.read, file.added, file.revised, file.withdrawn, file.unchanged, file.quarantined, file.released].map(
			String
		)
	]);
	const title = inLocale(
		report.dryRun
			? { zh: '试导入，未保存：', en: 'dry run, nothing kept:' }
			: { zh: `第 ${report.batch} 批：`, en: `batch ${report.batch}:` },
		locale
	);
	const problems = report.problems.flatMap(({ count, sample }) => {
		const [first] = sample;
		if (!first) return [];
		const at = inLocale({ zh: `第 ${first.line} 行`, en: `line ${first.line}` }, locale);
		const place = [first.file, first.sheet, at]
			.filter((part) => part !== null && part !== '')
			.join(locale === 'zh' ? '，' : ', ');
		return [`× ${count}  ${place}${locale === 'zh' ? '：' : ': '}${first.message}`];
	});
	const notes = report.files.flatMap((file) =>
		sheetNoteTexts(file, locale)
			.slice(1)
			.map((text) => `${fileAndSheet(file.file, file.sheet)}${locale === 'zh' ? '：' : ': '}${text}`)
	);
	const skipped = report.skipped.map(({ file, sheet, reason }) =>
		inLocale(
			reason === 'hidden'
				? { zh: `${file} · ${sheet}：隐藏的工作表，没有读`, en: `${file} · ${sheet}: hidden, not read` }
				: {
						zh: `${fileAndSheet(file, sheet)}：认不出表类，没有读`,
						en: `${fileAndSheet(file, sheet)}: of no known kind, not read`
					},
			locale
		)
	);
	const empty = report.files
		.filter(({ read }) => read === 0)
		.map(({ file, sheet }) => fileAndSheet(file, sheet))
		.map((name) =>
			inLocale(
				{
					zh: `${name}：没有读到行，表头下面是空的。请填好后再导入`,
					en: `${name}: no rows were read, there is nothing below the header; fill it in and import it again`
				},
				locale
			)
		);
	const next = inLocale(
		{ zh: '运行 kaoji quarantine 查看暂存的行', en: 'run kaoji quarantine to see the rows held' },
		locale
	);
	return [
		title,
		...table(words, rows),
		...notes,
		...empty,
		...skipped,
		...(problems.length > 0 ? ['', ...problems, next] : []),
		...revisionLines(report, locale),
		...(call.is('snapshot') ? absentLines(report, locale) : [])
	];
}

export const quarantine: Command = {
	name: 'quarantine',
	words: { zh: '列出暂存的行，可更正后再导入', en: 'list the rows held back, to correct and import again' },
	usage: '',
	options: {
		batch: { type: 'string', value: 'ID', words: { zh: '只列这一批', en: 'of this batch only' } },
		kind: { type: 'string', value: 'KIND', words: { zh: '只列这种表', en: 'of this kind only' } },
		format: { type: 'string', value: 'csv|json', words: { zh: '输出格式', en: 'format of the output' } }
	},
	positionals: { least: 0, most: 0 },
	run: (call) =>
		call.inHome(async (warehouse) => {
			const format = call.oneOf('format', ['text', 'csv', 'json'], call.is('json') ? 'json' : 'text');
			const rows = await listQuarantine(
				warehouse,
				{ batch: call.count('batch'), kind: call.text('kind'), locale: call.locale },
				call.actor
			);
			const json = rows.map(({ fields, ...row }) => (void fields, row));
			if (format === 'csv') return { json, text: Buffer.from(csvText(quarantineTable(rows))) };
			if (format === 'json') return { json, text: [JSON.stringify(json)] };
			if (rows.length === 0)
				return { json, text: [inLocale({ zh: '没有暂存的行', en: 'no rows are held' }, call.locale)] };
			const head = call.locale === 'zh' ? ['编号', '来源', '行', '问题'] : ['hold', 'source', 'line', 'problem'];
			return {
				json,
				text: table(
					head,
					rows.map(({ hold, file, sheet, line, problems }) => [
						String(hold),
						fileAndSheet(file, sheet),
						String(line),
						problems.map(({ message }) => message).join('；')
					])
				)
			};
		})
};

export const demo: Command = {
	name: 'demo',
	words: {
		zh: '写出演示县的导出文件（数据为虚构）',
		en: 'write the export files of the demonstration county (invented)'
	},
	usage: '',
	options: {
		seed: { type: 'string', value: 'N', words: { zh: '随机种子（默认 1）', en: 'seed (default 1)' } },
		size: {
			type: 'string',
			value: 'county|city|province|nation',
			words: { zh: '规模（默认 county）', en: 'size (default county)' }
		},
		out: {
			type: 'string',
			value: 'DIR',
			words: { zh: '写到哪里（默认数据目录下的 demo/）', en: 'where to (default demo/ in the home)' }
		},
		today: {
			type: 'string',
			value: 'DAY',
			words: { zh: '数据截至哪天（默认今天）', en: 'the day the data reach (default today)' }
		}
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		const folder = call.text('out') ?? join(call.home, 'demo');
		const result = orUnusable(folder, () =>
			writeDemo({
				folder,
				seed: call.count('seed') ?? 1,
				size: call.oneOf('size', ['county', 'city', 'province', 'nation'], 'county'),
				today: call.today()
			})
		);
		const rows = result.files.map(({ file, rows }) => [file, String(rows)]);
		return {
			json: result,
			text: [
				...table(call.locale === 'zh' ? ['文件', '行数'] : ['file', 'rows'], rows),
				inLocale(
					{
						zh: `已写到 ${result.folder}（虚构数据，仅供演示）`,
						en: `written to ${result.folder} (invented, for demonstration)`
					},
					call.locale
				)
			]
		};
	}
};
