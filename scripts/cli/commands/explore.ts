/** Commands that look at the history: query, trend. */
import { inLocale } from '#lib/basis/codes.ts';
import { askSql } from '#lib/server/workflows/ask-sql.ts';
import { showTrend } from '#lib/server/workflows/show-trend.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';
import { inHomeWith, schemeOf } from './options.ts';

export const query: Command = {
	name: 'query',
	words: { zh: '对公开视图运行一条只读 SQL', en: 'one read-only statement over the published views' },
	usage: 'SQL',
	options: {
		format: { type: 'string', value: 'json|csv|arrow|parquet', words: { zh: '输出格式', en: 'format of the output' } }
	},
	positionals: { least: 1, most: 1 },
	run: (call) =>
		call.inHome(async (warehouse) => {
			const sql = call.positionals[0] ?? '';
			const format = call.oneOf(
				'format',
				['text', 'json', 'csv', 'arrow', 'parquet'],
				call.is('json') ? 'json' : 'text'
			);
			if (format !== 'text' && format !== 'json') return { json: null, text: await askSql(warehouse, sql, format) };
			const rows = JSON.parse(Buffer.from(await askSql(warehouse, sql, 'json')).toString('utf8')) as Record<
				string,
				unknown
			>[];
			if (format === 'json') return { json: rows, text: [JSON.stringify(rows)] };
			const [first] = rows;
			if (!first) return { json: rows, text: [inLocale({ zh: '没有符合的行', en: 'no rows' }, call.locale)] };
			return {
				json: rows,
				text: table(
					Object.keys(first),
					rows.map((row) => Object.values(row).map((cell) => (cell === null ? '—' : String(cell))))
				)
			};
		})
};

export const trend: Command = {
	name: 'trend',
	words: { zh: '指标按月或按季的走势，带控制限', en: 'a measure by month or quarter, with XmR limits' },
	usage: '',
	options: {
		measure: { type: 'string', value: 'NAME', words: { zh: '指标口径', en: 'measure' } },
		by: { type: 'string', value: 'month|quarter', words: { zh: '按月或按季', en: 'by month or quarter' } },
		township: { type: 'string', value: 'CODE', words: { zh: '只看这个乡镇', en: 'only this township' } },
		domain: { type: 'string', value: 'KEY', words: { zh: '只看这个专业', en: 'only this domain' } },
		split: { type: 'string', value: 'domain|township|category|severity', words: { zh: '分开来看', en: 'split by' } },
		scheme: {
			type: 'string',
			value: 'ID|FILE',
			words: { zh: '取其截止日等规定的细则', en: 'scheme whose cut-off and days apply' }
		}
	},
	positionals: { least: 0, most: 0 },
	run: (call) => {
		const scheme = schemeOf(call, null);
		return inHomeWith(call, scheme, async (warehouse) => {
			const split =
				call.text('split') === null
					? null
					: call.oneOf('split', ['domain', 'township', 'category', 'severity'], 'domain');
			const report = await showTrend(
				warehouse,
				{
					measure: call.required('measure'),
					by: call.oneOf('by', ['month', 'quarter'], 'month'),
					township: call.text('township'),
					domain: call.text('domain'),
					split,
					scheme
				},
				call.actor
			);
			const head =
				call.locale === 'zh' ? ['周期', '分子', '分母', '值', '信号'] : ['period', 'n', 'd', 'value', 'signals'];
			const text = report.series.flatMap(({ of, points, limits }) => [
				...(of === null ? [] : [of]),
				...table(
					head,
					points.map(({ period, n, d, value, signals, running }) => [
						period,
						String(n),
						String(d),
						value === null ? '—' : value.toFixed(4),
						running ? inLocale({ zh: '进行中', en: 'running' }, call.locale) : signals.join(', ')
					])
				),
				limits
					? inLocale(
							{
								zh: `均值 ${limits.mean.toFixed(4)}，控制限 ${limits.lower.toFixed(4)} 至 ${limits.upper.toFixed(4)}${limits.trial ? '（试用限，不足 12 点）' : ''}`,
								en: `mean ${limits.mean.toFixed(4)}, limits ${limits.lower.toFixed(4)} to ${limits.upper.toFixed(4)}${limits.trial ? ' (trial, fewer than 12 points)' : ''}`
							},
							call.locale
						)
					: inLocale({ zh: '点数不足，没有控制限', en: 'too few points for limits' }, call.locale)
			]);
			const includes = report.includes.join(call.locale === 'zh' ? '、' : ', ');
			const note = inLocale({ zh: `含并入前的 ${includes}`, en: `with ${includes}, which went into it` }, call.locale);
			return { json: report, text: [...text, ...(report.includes.length > 0 ? [note] : [])] };
		});
	}
};
