/** Commands by which a person decides what an import does not by itself: confirm, absent, decide. */
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import { kindNamed } from '#lib/intake/kinds/index.ts';
import { isRegister, registers } from '#lib/intake/whole-registers.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { registeredTownships } from '#lib/server/workflows/cell-context.ts';
import { type Confirmed, confirmHeld } from '#lib/server/workflows/confirm-held.ts';
import { absenceDecisions, type Decided, decideAbsent } from '#lib/server/workflows/decide-absent.ts';
import type { ImportReport } from '#lib/server/workflows/import-files.ts';
import { absentTable, listAbsent } from '#lib/server/workflows/list-absent.ts';
import { type Doubles, listDoubles } from '#lib/server/workflows/list-doubles.ts';
import type { AbsentRow, Double, Likeness } from '#lib/reports/decisions.ts';
import type { Command, Invocation } from '../command.ts';
import { table } from '../table.ts';

const registerNames = registers.map(({ name }) => name).join('|');
const kindLabel = (kind: string, locale: Locale): string => inLocale(kindNamed(kind)?.label ?? { zh: kind }, locale);

/** Lines listed of what is absent or would be rewritten; the commands and pages have the rest. */
const most = 10;

const absentRows = (rows: readonly AbsentRow[], locale: Locale): string[] =>
	table(
		locale === 'zh' ? ['表类', '乡镇', '编号', '名称', '现在在'] : ['kind', 'township', 'id', 'name', 'now in'],
		rows.map((row) => [
			kindLabel(row.kind, locale),
			row.townshipName,
			row.id,
			row.name ?? '',
			row.elsewhereName ?? row.elsewhere ?? ''
		])
	);

/** What an import of whole registers says of absent rows. */
export function absentLines({ files, absent, dryRun }: ImportReport, locale: Locale): string[] {
	if (!files.some(({ kind }) => isRegister(kind)))
		return [
			'',
			inLocale({ zh: '没有名册，没有比对缺席。', en: 'no register among the files: nothing was compared' }, locale)
		];
	if (absent.length === 0)
		return [
			'',
			inLocale({ zh: '文件所含的乡镇里，没有缺席的。', en: 'nobody is absent in the townships of the files' }, locale)
		];
	const more = absent.length > most ? ['…'] : [];
	const next = dryRun
		? { zh: '试导入，没有记下。', en: 'a dry run: not recorded' }
		: {
				zh: '名册没有改动。请用 kaoji absent 查看，用 kaoji decide 注销、迁出或保留。',
				en: 'the register is as it was: see kaoji absent, and close, move or keep them with kaoji decide'
			};
	return [
		'',
		inLocale({ zh: `缺席 ${absent.length} 条：`, en: `absent: ${absent.length}` }, locale),
		...absentRows(absent.slice(0, most), locale),
		...more,
		inLocale(next, locale)
	];
}

/** What an import says of files that it holds whole. */
export function revisionLines({ revisions, batch, dryRun }: ImportReport, locale: Locale): string[] {
	if (revisions.count === 0) return [];
	const rows = revisions.sample
		.slice(0, most)
		.map(({ line, id, field, before, after }) => [String(line), id, field, before ?? '', after ?? '']);
	const next = dryRun
		? { zh: '确属更正的，导入时加 --confirm-revisions。', en: 'if that is right, import with --confirm-revisions' }
		: { zh: `确属更正的，运行 kaoji confirm ${batch}。`, en: `if that is right, run kaoji confirm ${batch}` };
	return [
		'',
		inLocale(
			{ zh: `整份暂存，会改写 ${revisions.count} 格：`, en: `held whole; cells it would rewrite: ${revisions.count}` },
			locale
		),
		...table(
			locale === 'zh' ? ['行', '编号', '字段', '原值', '新值'] : ['line', 'id', 'field', 'before', 'after'],
			rows
		),
		...(revisions.count > rows.length ? ['…'] : []),
		inLocale(next, locale)
	];
}

export const confirm: Command = {
	name: 'confirm',
	words: {
		zh: '确认一批里因会改写已有记录而整份暂存的文件，作为新的一批记入',
		en: 'take the files of a batch that are held whole because they rewrite what is there'
	},
	usage: 'BATCH',
	options: {
		today: { type: 'string', value: 'DAY', words: { zh: '当日（默认今天）', en: 'the day of the act (default today)' } }
	},
	positionals: { least: 1, most: 1 },
	run: async (call) => {
		const [text = ''] = call.positionals;
		if (!/^[1-9]\d{0,8}$/.test(text)) throw new Problem('usage', { reason: `confirm ${text}`, command: 'confirm' });
		const confirmed = await call.inHome((warehouse) =>
			confirmHeld(
				warehouse,
				{ batch: Number(text), today: call.today(), now: call.world.now(), locale: call.locale },
				call.actor
			)
		);
		const held = confirmed.files.reduce((sum, { quarantined }) => sum + quarantined, 0);
		return { json: confirmed, text: confirmedLines(confirmed, call.locale), exitCode: held > 0 ? 3 : 0 };
	}
};

function confirmedLines({ batch, confirms, files }: Confirmed, locale: Locale): string[] {
	return [
		inLocale(
			{ zh: `第 ${batch} 批：已确认第 ${confirms} 批`, en: `batch ${batch}: confirmed batch ${confirms}` },
			locale
		),
		...table(
			locale === 'zh'
				? ['文件', '行', '新增', '改写', '撤回', '未变', '暂存']
				: ['file', 'rows', 'added', 'revised', 'withdrawn', 'unchanged', 'held'],
			files.map(({ file, rows, added, revised, withdrawn, unchanged, quarantined }) => [
				file,
				...[rows, added, revised, withdrawn, unchanged, quarantined].map(String)
			])
		)
	];
}

export const absent: Command = {
	name: 'absent',
	words: {
		zh: '列出全量名册里缺席、等待处理的单位和人员',
		en: 'list what was absent from whole registers and waits for a decision'
	},
	usage: '',
	options: {
		batch: { type: 'string', value: 'ID', words: { zh: '只列这一批', en: 'of this batch only' } },
		kind: { type: 'string', value: registerNames, words: { zh: '只列这种名册', en: 'of this register only' } },
		format: { type: 'string', value: 'csv|json', words: { zh: '输出格式', en: 'format of the output' } }
	},
	positionals: { least: 0, most: 0 },
	run: (call) =>
		call.inHome(async (warehouse) => {
			const format = call.oneOf('format', ['text', 'csv', 'json'], call.is('json') ? 'json' : 'text');
			const rows = await listAbsent(warehouse, { batch: call.count('batch'), kind: call.text('kind') }, call.actor);
			if (format === 'csv') return { json: rows, text: Buffer.from(csvText(absentTable(rows))) };
			if (format === 'json') return { json: rows, text: [JSON.stringify(rows)] };
			if (rows.length === 0)
				return {
					json: rows,
					text: [inLocale({ zh: '没有待处理的缺席', en: 'no absence waits for a decision' }, call.locale)]
				};
			return { json: rows, text: absentRows(rows, call.locale) };
		})
};

export const decide: Command = {
	name: 'decide',
	words: {
		zh: '处理一条缺席：注销、迁出或保留；每次处理是一批，可以撤销',
		en: 'decide on an absence: closed, moved or kept; each decision is a batch that can be undone'
	},
	usage: 'KIND TOWNSHIP ID',
	options: {
		as: {
			type: 'string',
			value: absenceDecisions.join('|'),
			words: { zh: '注销、迁出、保留（必填）', en: 'what became of it (required)' }
		},
		on: {
			type: 'string',
			value: 'DAY',
			words: { zh: '注销或迁出的日期（默认当日）', en: 'the day on which it closed or moved (default today)' }
		},
		to: {
			type: 'string',
			value: 'TOWNSHIP',
			words: {
				zh: '迁入的乡镇：那里没有这一条的，照原样加上',
				en: 'where it moved: it is added there as it was, unless it is there'
			}
		},
		reason: { type: 'string', value: 'TEXT', words: { zh: '理由（必填）', en: 'why (required)' } },
		today: { type: 'string', value: 'DAY', words: { zh: '当日（默认今天）', en: 'the day of the act (default today)' } }
	},
	positionals: { least: 3, most: 3 },
	run: (call) =>
		call.inHome(async (warehouse) => {
			const [kind = '', place = '', id = ''] = call.positionals;
			call.required('as');
			const found = (await registeredTownships(warehouse.engine))(place);
			const decided = await decideAbsent(
				warehouse,
				{
					rows: [{ kind, township: 'code' in found ? found.code : place, id }],
					decision: call.oneOf('as', absenceDecisions, 'kept'),
					on: call.day('on') ?? call.today(),
					to: call.text('to'),
					reason: call.required('reason'),
					today: call.today(),
					now: call.world.now(),
					locale: call.locale
				},
				call.actor
			);
			return { json: decided, text: [decidedLine(decided, call)] };
		})
};

function decidedLine({ batch, decision, added }: Decided, { locale }: Invocation): string {
	const words = {
		closed: { zh: '已注销', en: 'closed' },
		moved: {
			zh: added > 0 ? '已迁出，并加到迁入的乡镇' : '已迁出',
			en: added > 0 ? 'moved, and added where it went' : 'moved'
		},
		kept: { zh: '已保留', en: 'kept' }
	}[decision];
	return inLocale({ zh: `第 ${batch} 批：${words.zh}`, en: `batch ${batch}: ${words.en}` }, locale);
}

export const doubles: Command = {
	name: 'doubles',
	words: {
		zh: '列出疑似重复的单位和巡查；只提示，不合并',
		en: 'list premises and patrols that look like one; nothing is merged by itself'
	},
	usage: '',
	options: {
		today: {
			type: 'string',
			value: 'DAY',
			words: { zh: '当日（默认今天）', en: 'the day of the list (default today)' }
		}
	},
	positionals: { least: 0, most: 0 },
	run: (call) =>
		call.inHome(async (warehouse) => {
			const found = await listDoubles(warehouse, { today: call.today() }, call.actor);
			return { json: found, text: doubleLines(found, call.locale) };
		})
};

const likeness: Readonly<Record<Likeness, { readonly zh: string; readonly en: string }>> = {
	name: { zh: '同乡镇同类别，名称相同', en: 'one township and domain, one name' },
	address: { zh: '名称和地址相同', en: 'one name and address' },
	id: { zh: '两个乡镇编号相同', en: 'one id in two townships' },
	visit: { zh: '同日同人巡查同一户', en: 'one premises, day and inspector' }
};

function doubleLines({ pairs }: Doubles, locale: Locale): string[] {
	if (pairs.length === 0) return [inLocale({ zh: '没有疑似重复', en: 'nothing looks like a double' }, locale)];
	const place = ({ township, id }: Double['one']): string => `${township} ${id}`;
	return [
		...table(
			locale === 'zh'
				? ['表类', '第一个', '第二个', '名称', '相似之处']
				: ['kind', 'first', 'second', 'name', 'likeness'],
			pairs.map(({ kind, one, other, reasons }) => [
				kindLabel(kind, locale),
				place(one),
				place(other),
				one.name ?? '',
				reasons.map((reason) => inLocale(likeness[reason], locale)).join(locale === 'zh' ? '；' : '; ')
			])
		),
		inLocale({ zh: '请在网页“数据”下的“疑似重复”里处理。', en: 'decide on them on the page /data/doubles' }, locale)
	];
}
