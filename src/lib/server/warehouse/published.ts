/**
 * The published views: what analysts may ask SQL of. They are a copy in a file of its own, holding nothing else,
 * because DuckDB has no privilege boundary inside one file (docs/decisions.md).
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bilingual } from '../../basis/codes.ts';
import { kinds, storedFields } from '../../intake/kinds/index.ts';
import { textOf } from './engine.ts';
import type { Warehouse } from './open.ts';

/** A published view: a stable name, what it is, its statement over the warehouse, and a word on each column. */
export interface PublishedView {
	readonly name: string;
	readonly comment: Required<Bilingual>;
	readonly sql: string;
	readonly columns: readonly { readonly name: string; readonly comment: Required<Bilingual> }[];
}

const column = (name: string, zh: string, en: string): PublishedView['columns'][number] => ({
	name,
	comment: { zh, en }
});

/** Fen as yuan with two decimals. A division would make it a float. */
const yuan = (column: string): string => `CAST(${column} AS DECIMAL(30, 0)) * CAST(0.01 AS DECIMAL(3, 2))`;

const provenance = [
	column('batch', '导入批次', 'batch of the import'),
	column('source_file', '来源文件', 'file that it was read from'),
	column('source_sheet', '来源工作表', 'sheet of that file'),
	column('source_line', '来源行号', 'line of that file or sheet')
];

const factViews: readonly PublishedView[] = kinds.map((kind) => {
	const fields = storedFields(kind);
	const id = kind.fields.find(({ name }) => name === 'id');
	// A key that begins with # was made from the content of a row without an id.
	const ids = id ? [`CASE WHEN NOT starts_with(fact.fact_key, '#') THEN fact.fact_key END AS id`] : [];
	const list = fields.map(({ name, type }) => (type === 'money' ? `${yuan(name)} AS "${name}"` : `fact."${name}"`));
	return {
		name: kind.name,
		comment: { zh: `${kind.label.zh}（现行的行）`, en: `${kind.label.en} (current rows)` },
		sql: `SELECT fact.township, ${[...ids, ...list].join(', ')}, fact.batch_from AS batch, source.file AS source_file,
			source.sheet AS source_sheet, fact.source_line
			FROM fact_${kind.name} AS fact JOIN source USING (source_id) WHERE fact.batch_to IS NULL`,
		columns: [
			column('township', '乡镇代码', 'code of the township'),
			...[...(id ? [id] : []), ...fields].map(({ name, headers, en }) => column(name, headers[0] ?? name, en)),
			...provenance
		]
	};
});

const scored = [
	column('period', '考核周期', 'period'),
	column('scheme', '考核细则', 'scheme'),
	column('version', '细则版本', 'version of the scheme'),
	column('code', '单位代码', 'code of the unit')
];

const resultViews: readonly PublishedView[] = [
	{
		name: 'tally',
		comment: { zh: '指标值', en: 'tallies that were taken' },
		sql: 'SELECT code, measure, parameters, period, n, d, CAST(parts AS VARCHAR) AS parts, state FROM tally',
		columns: [
			column('code', '单位代码', 'code of the unit'),
			column('measure', '指标口径', 'measure'),
			column('parameters', '口径参数', 'canonical parameters'),
			column('period', '考核周期', 'period'),
			column('n', '分子', 'numerator, exact'),
			column('d', '分母', 'denominator, exact'),
			column('parts', '分项', 'named parts, JSON'),
			column('state', '状态', 'ok, empty, missing')
		]
	},
	{
		name: 'score',
		comment: { zh: '得分', en: 'scores' },
		sql: 'SELECT * FROM score',
		columns: [
			...scored,
			column('name', '单位名称', 'name of the unit'),
			column('score', '得分', 'score, four decimals'),
			column('grade', '等次', 'grade'),
			column('rank', '名次', 'rank'),
			column('ranked', '参加排名的单位数', 'how many are ranked with it'),
			column('provisional', '是否暂定', 'provisional'),
			column('vetoes', '一票否决', 'vetoes that hold'),
			column('flags', '提示', 'flags that are raised')
		]
	},
	{
		name: 'indicator_score',
		comment: { zh: '指标得分', en: 'points by indicator and bonus' },
		sql: 'SELECT period, scheme, version, code, key, bonus, n, d, CAST(parts AS VARCHAR) AS parts, state, awarded, points FROM indicator_score',
		columns: [
			...scored,
			column('key', '指标', 'indicator or bonus'),
			column('bonus', '是否加分项', 'whether it is a bonus'),
			column('n', '分子', 'numerator, exact'),
			column('d', '分母', 'denominator, exact'),
			column('parts', '分项', 'named parts, JSON'),
			column('state', '状态', 'ok, empty, missing, not_applicable'),
			column('awarded', '得分', 'points awarded'),
			column('points', '分值', 'points possible')
		]
	},
	{
		name: 'payment',
		comment: { zh: '应发经费', en: 'payments by tranche' },
		sql: `SELECT period, plan, scheme, version, code, tranche, ${yuan('amount_fen')} AS amount, inputs_hash FROM payment`,
		columns: [
			column('period', '考核周期', 'period'),
			column('plan', '经费方案', 'plan'),
			column('scheme', '考核细则', 'scheme'),
			column('version', '细则版本', 'version of the scheme'),
			column('code', '单位代码', 'code of the unit'),
			column('tranche', '批次', 'tranche'),
			column('amount', '金额（元）', 'amount in yuan'),
			column('inputs_hash', '输入摘要', 'SHA-256 of the inputs')
		]
	},
	{
		name: 'batch',
		comment: { zh: '导入批次', en: 'batches' },
		sql: `SELECT batch.batch, act, acted_at, actor, today, undone.by_batch AS undone_by
			FROM batch LEFT JOIN undone ON undone.batch = batch.batch`,
		columns: [
			column('batch', '批次', 'batch'),
			column('act', '动作', 'import, rollback'),
			column('acted_at', '时间', 'when'),
			column('actor', '操作人', 'who'),
			column('today', '导入当日', 'day of import'),
			column('undone_by', '由哪一批撤销', 'batch of the rollback that undid it')
		]
	},
	{
		name: 'quarantine',
		comment: { zh: '暂存的行', en: 'rows held back' },
		sql: `SELECT hold, quarantine.batch, source.file AS source_file, source.sheet AS source_sheet, source_line, quarantine.kind,
			CAST(cells AS VARCHAR) AS cells, CAST(problems AS VARCHAR) AS problems, status FROM quarantine JOIN source USING (source_id)`,
		columns: [
			column('hold', '暂存编号', 'number of the held row'),
			...provenance,
			column('kind', '表类', 'kind'),
			column('cells', '原单元格', 'cells as read, JSON'),
			column('problems', '问题', 'problems, JSON'),
			column('status', '状态', 'held, released, corrected, superseded, rolled_back')
		]
	}
];

/** All published views, in the order of the data dictionary. */
export const publishedViews: readonly PublishedView[] = [...factViews, ...resultViews];

/**
 * Brings the published copy up to date and gives its path. It is written beside the old one and put in its place by
 * rename, so that a reader never meets half a copy.
 */
export async function publish({ engine, home }: Warehouse): Promise<string> {
	const path = join(home, 'published.duckdb');
	const stampPath = join(home, 'published.version');
	const [row] = await engine.rows(engine.statement('data-version'));
	const stamp = textOf(row?.['version']);
	if (existsSync(path) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return path;
	const fresh = join(home, 'published.new.duckdb');
	for (const stale of [fresh, `${fresh}.wal`]) rmSync(stale, { force: true });
	await engine.run(`ATTACH '${fresh.replaceAll("'", "''")}' AS published`);
	try {
		for (const { name, sql, comment, columns } of publishedViews) {
			await engine.run(`CREATE TABLE published.${name} AS ${sql}`);
			await engine.run(`COMMENT ON TABLE published.${name} IS '${comment.zh} / ${comment.en}'`);
			for (const { name: columnName, comment: word } of columns)
				await engine.run(
					`COMMENT ON COLUMN published.${name}."${columnName}" IS '${word.zh} / ${word.en.replaceAll("'", "''")}'`
				);
		}
		await engine.run('CHECKPOINT published');
	} finally {
		await engine.run('DETACH published');
	}
	renameSync(fresh, path);
	writeFileSync(stampPath, stamp);
	return path;
}
