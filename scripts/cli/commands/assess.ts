/** Commands that assess: tally, score, progress, lint. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLocale } from '#lib/basis/codes.ts';
import { toJsonFigure } from '#lib/basis/fraction.ts';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { findingText } from '#lib/messages/finding-text.ts';
import { lintDocument } from '#lib/server/schemes/load.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { recordAct } from '#lib/server/workflows/audit.ts';
import { listTallies } from '#lib/server/workflows/list-tallies.ts';
import { keepScores, reportScores, type ScoreReport } from '#lib/server/workflows/report-scores.ts';
import { scoreLevels } from '#lib/server/workflows/score-levels.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import { showProgress } from '#lib/server/workflows/show-progress.ts';
import { levels } from '#lib/scoring/levels.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import type { Command, Invocation } from '../command.ts';
import { table } from '../table.ts';
import { gradeName, inHomeWith, periodOption, schemeOf, schemeOption } from './options.ts';

export const tally: Command = {
	name: 'tally',
	words: { zh: '一个周期的指标值', en: 'the tallies of a period' },
	usage: '',
	options: {
		period: periodOption,
		scheme: schemeOption,
		measure: { type: 'string', value: 'NAME', words: { zh: '只看这个指标口径', en: 'only this measure' } }
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		const period = call.period();
		const scheme = schemeOf(call, period);
		const rows = await inHomeWith(call, scheme, (warehouse) =>
			listTallies(warehouse, scheme, period, call.text('measure'), call.actor)
		);
		const json = rows.map(({ code, measure, parameters, tally }) => ({
			code,
			measure,
			parameters: JSON.parse(parameters) as unknown,
			period: periodId(period),
			n: toJsonFigure(tally.n),
			d: toJsonFigure(tally.d),
			parts: Object.fromEntries(Object.entries(tally.parts).map(([name, value]) => [name, toJsonFigure(value)])),
			...(tally.visits ? { visits: tally.visits } : {}),
			state: tally.state
		}));
		const head =
			call.locale === 'zh'
				? ['代码', '指标口径', '分子', '分母', '分项', '状态']
				: ['code', 'measure', 'n', 'd', 'parts', 'state'];
		const text = table(
			head,
			json.map(({ code, measure, n, d, parts, state }) => [
				code,
				measure,
				String(n),
				String(d),
				Object.entries(parts)
					.map(([name, value]) => `${name} ${value}`)
					.join(', '),
				state
			])
		);
		return { json, text };
	}
};

export const score: Command = {
	name: 'score',
	words: { zh: '一个周期的得分、等次和名次', en: 'scores, grades and ranks of a period' },
	usage: '',
	options: {
		period: periodOption,
		scheme: schemeOption,
		level: {
			type: 'string',
			value: levels.join('|'),
			words: { zh: '汇总到区县、地市或省', en: 'rolled up to districts, cities or provinces' }
		},
		format: { type: 'string', value: 'csv', words: { zh: '输出为 CSV', en: 'as CSV' } }
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		const period = call.period();
		const level = call.text('level') === null ? null : call.oneOf('level', levels, 'district');
		const scheme = schemeOf(call, period);
		const report = await inHomeWith(call, scheme, async (warehouse) => {
			const result =
				level === null
					? await scorePeriod(warehouse, scheme, period, call.actor)
					: await scoreLevels(warehouse, scheme, period, level, call.actor);
			// The published views have the scores of units; levels are made of them whenever they are asked for.
			if (level !== null) return reportScores(result);
			await warehouse.engine.transaction(async () => {
				await keepScores(warehouse.engine, result);
				await recordAct(warehouse.engine, call.actor, call.world.now(), 'score', {
					period: periodId(period),
					scheme: scheme.id
				});
			});
			return reportScores(result);
		});
		const format = call.oneOf('format', ['text', 'csv', 'json'], 'text');
		if (format === 'csv') return { json: report, text: Buffer.from(csvText(scoreRows(report))) };
		if (format === 'json') return { json: report, text: [JSON.stringify(report)] };
		return { json: report, text: scoreLines(report, scheme, call) };
	}
};

function scoreRows({ period, scheme, version, townships }: ScoreReport): string[][] {
	const head = ['period', 'scheme', 'version', 'code', 'name', 'score', 'grade', 'rank', 'of', 'provisional'];
	const keys = townships[0]?.indicators?.map(({ key }) => key) ?? [];
	return [
		[...head, ...keys],
		...townships.map((unit) => [
			period,
			scheme,
			version,
			unit.code,
			unit.name,
			unit.score ?? '',
			unit.grade,
			unit.rank === null ? '' : String(unit.rank),
			String(unit.of),
			String(unit.provisional),
			...keys.map((key) => unit.indicators?.find((one) => one.key === key)?.awarded ?? '')
		])
	];
}

function scoreLines(report: ScoreReport, scheme: Scheme, { locale }: Invocation): string[] {
	const vetoes = new Map(scheme.vetoes.map(({ key, name }) => [key, inLocale(name, locale)]));
	const head =
		locale === 'zh' ? ['名次', '乡镇', '得分', '等次', '备注'] : ['rank', 'township', 'score', 'grade', 'notes'];
	const sorted = [...report.townships].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
	const rows = sorted.map((unit) => [
		unit.rank === null ? '—' : String(unit.rank),
		unit.name,
		unit.score ?? '—',
		gradeName(scheme, unit.grade, locale),
		[
			...(unit.provisional ? [inLocale({ zh: '暂定', en: 'provisional' }, locale)] : []),
			...(unit.vetoes ?? []).map((key) => vetoes.get(key) ?? key),
			...unit.flags
		].join(', ')
	]);
	const title = inLocale(
		{
			zh: `${report.period}，细则 ${report.scheme} 第 ${report.version} 版，数据截至 ${report.cutoff}`,
			en: `${report.period}, scheme ${report.scheme} version ${report.version}, facts up to ${report.cutoff}`
		},
		locale
	);
	return [title, ...table(head, rows)];
}

export const progress: Command = {
	name: 'progress',
	words: {
		zh: '进行中的周期：现状、可能的最好结果和待办',
		en: 'a running period: as it stands, the best still possible, what is left to do'
	},
	usage: '',
	options: {
		period: periodOption,
		'as-of': { type: 'string', value: 'DAY', words: { zh: '截至哪天', en: 'as of which day' } },
		scheme: schemeOption,
		csv: {
			type: 'string',
			value: 'DIR',
			words: { zh: '每个单位写一份待办清单', en: 'write one sheet a unit of what is left to do' }
		}
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		const period = call.period();
		call.required('as-of');
		const asOf = call.day('as-of');
		if (asOf === null) throw new Problem('day_invalid', { day: '' });
		const scheme = schemeOf(call, period);
		const report = await inHomeWith(call, scheme, (warehouse) =>
			showProgress(warehouse, scheme, period, asOf, call.actor, { order: 'indicator' })
		);
		const folder = call.text('csv');
		if (folder !== null) {
			mkdirSync(folder, { recursive: true });
			for (const { code, name, tasks } of report.townships) {
				const head = ['指标', '类别', '事项', '期限', '逾期'];
				const rows = tasks.map((task) => [
					task.indicator,
					task.kind,
					task.what,
					task.dueOn,
					task.overdue ? '是' : '否'
				]);
				writeFileSync(join(folder, `${code}-${name}.csv`), csvText([head, ...rows]));
			}
		}
		const head =
			call.locale === 'zh'
				? ['乡镇', '按现状预计得分', '最高可得分', '待办']
				: ['township', 'expected', 'best possible', 'left to do'];
		const rows = report.townships.map(({ name, expected, best, tasks }) => [
			name,
			expected ?? '—',
			best ?? '—',
			String(tasks.length)
		]);
		const title = inLocale(
			{
				zh: `${report.period} 截至 ${report.asOf}，序时进度 ${report.elapsed}%`,
				en: `${report.period} as of ${report.asOf}, ${report.elapsed}% of the period`
			},
			call.locale
		);
		return { json: report, text: [title, ...table(head, rows)] };
	}
};

export const lint: Command = {
	name: 'lint',
	words: { zh: '检查考核细则或经费方案', en: 'check a scheme or a plan' },
	usage: 'FILE',
	options: {},
	positionals: { least: 1, most: 1 },
	run: async (call) => {
		const { file, findings } = lintDocument(call.positionals[0] ?? '', call.home);
		const json = findings.map((finding) => ({
			level: finding.level,
			line: finding.line,
			code: finding.code,
			message: findingText(finding, call.locale)
		}));
		const level = {
			error: inLocale({ zh: '错误', en: 'error' }, call.locale),
			warning: inLocale({ zh: '提醒', en: 'warning' }, call.locale)
		};
		const text = json.map((one) => `${file}:${one.line}  ${level[one.level]}  ${one.message}`);
		const clean = inLocale({ zh: `${file}：没有发现问题`, en: `${file}: nothing found` }, call.locale);
		return {
			json,
			text: text.length > 0 ? text : [clean],
			exitCode: json.some((one) => one.level === 'error') ? 1 : 0
		};
	}
};
