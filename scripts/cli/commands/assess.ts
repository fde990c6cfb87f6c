/** Commands that compute: tally, score, progress, allocate, explain, lint. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLocale } from '#lib/basis/codes.ts';
import { parseYuan } from '#lib/basis/fen.ts';
import { toJsonFigure } from '#lib/basis/fraction.ts';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { findingText } from '#lib/messages/finding-text.ts';
import { defaultScheme, lintDocument, loadPlan, loadScheme } from '#lib/server/schemes/load.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { allocateFund, keepPayments, latestPool, readAdvances } from '#lib/server/workflows/allocate-fund.ts';
import { recordAct } from '#lib/server/workflows/audit.ts';
import { explainScore, type Explanation, type TracedIndicator } from '#lib/server/workflows/explain-score.ts';
import { listTallies } from '#lib/server/workflows/list-tallies.ts';
import { keepScores, reportScores, type ScoreReport } from '#lib/server/workflows/report-scores.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import { showProgress } from '#lib/server/workflows/show-progress.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import type { Command, Invocation, Option } from '../command.ts';
import { table } from '../table.ts';

const periodOption: Option = {
	type: 'string',
	value: 'P',
	words: { zh: '考核周期：2025Q1、2025H1、2025', en: 'period: 2025Q1, 2025H1, 2025' }
};
const schemeOption: Option = {
	type: 'string',
	value: 'ID|FILE',
	words: { zh: `考核细则（默认 ${defaultScheme}）`, en: `scheme (default ${defaultScheme})` }
};

const schemeOf = (call: Invocation) => loadScheme(call.text('scheme') ?? defaultScheme, call.home, call.locale);

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
		const scheme = schemeOf(call);
		const rows = await call.inHome((warehouse) =>
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
		format: { type: 'string', value: 'csv', words: { zh: '输出为 CSV', en: 'as CSV' } }
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		const period = call.period();
		const scheme = schemeOf(call);
		const report = await call.inHome(async (warehouse) => {
			const result = await scorePeriod(warehouse, scheme, period, call.actor);
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

/** The name of a grade in a language; its key where the scheme has none, as for a unit without a score. */
function gradeName({ grades }: Scheme, grade: string, locale: 'zh' | 'en'): string {
	const found = grades.find(({ key }) => key === grade);
	return found ? inLocale(found.name, locale) : grade;
}

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
		const scheme = schemeOf(call);
		const report = await call.inHome((warehouse) => showProgress(warehouse, scheme, period, asOf, call.actor));
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

const planOption: Option = { type: 'string', value: 'ID|FILE', words: { zh: '经费方案', en: 'fund plan' } };
const poolOption: Option = {
	type: 'string',
	value: 'YUAN',
	words: { zh: '资金总额（元）', en: 'the money to share, in yuan' }
};
const advancesOption: Option = {
	type: 'string',
	value: 'FILE',
	words: { zh: '预拨文件（乡镇、金额）', en: 'file of advances (township, amount)' }
};

function poolOf(call: Invocation): NonNullable<ReturnType<typeof parseYuan>> {
	const text = call.required('pool');
	const pool = parseYuan(text);
	if (pool === null || pool < 0n) throw new Problem('pool_invalid', { pool: text });
	return pool;
}

export const allocate: Command = {
	name: 'allocate',
	words: { zh: '按方案分配经费', en: 'share a pool by a plan' },
	usage: '',
	options: {
		period: periodOption,
		plan: planOption,
		pool: poolOption,
		scheme: schemeOption,
		advances: advancesOption,
		sealed: { type: 'boolean', words: { zh: '只用定稿的得分（尚未做）', en: 'on sealed scores only (not built yet)' } }
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		if (call.is('sealed')) throw new Problem('not_yet', { command: 'allocate --sealed' });
		const period = call.period();
		const plan = loadPlan(call.required('plan'), call.home, call.locale);
		const pool = poolOf(call);
		const scheme = schemeOf(call);
		const path = call.text('advances');
		const { report } = await call.inHome(async (warehouse) => {
			const advances = path === null ? null : await readAdvances(warehouse, path);
			const fund = await allocateFund(warehouse, { scheme, plan, period, pool, advances }, call.actor);
			await keepPayments(warehouse.engine, fund, call.actor, call.world.now());
			return fund;
		});
		const keys = report.tranches.map(({ key }) => key);
		const head =
			call.locale === 'zh'
				? ['乡镇', ...keys, '应发', '已预拨', '结算']
				: ['township', ...keys, 'due', 'advanced', 'settlement'];
		const rows = report.townships.map((one) => [
			one.name,
			...keys.map((key) => one.byTranche[key] ?? '—'),
			one.due,
			one.advanced,
			one.settlement
		]);
		const lines = inLocale(
			{
				zh: `资金总额 ${report.pool} 元 = 应发合计 + 结转 ${report.carriedOver} 元（测算，未定稿）`,
				en: `pool ${report.pool} yuan = all that is due + ${report.carriedOver} carried over (preview, not sealed)`
			},
			call.locale
		);
		return { json: report, text: [...table(head, rows), lines] };
	}
};

export const explain: Command = {
	name: 'explain',
	words: { zh: '溯源：为什么是这个分、这笔钱', en: 'the trace: why this score, why this money' },
	usage: '',
	options: {
		period: periodOption,
		township: { type: 'string', value: 'CODE', words: { zh: '乡镇代码', en: 'code of the township' } },
		indicator: { type: 'string', value: 'KEY', words: { zh: '只看这项指标', en: 'only this indicator' } },
		money: { type: 'string', value: 'PLAN', words: { zh: '连同这个方案的经费', en: 'with the money of this plan' } },
		pool: {
			...poolOption,
			words: {
				zh: '资金总额（元；默认取最近一次分配的）',
				en: 'the money in yuan (default: that of the latest allocation)'
			}
		},
		scheme: schemeOption,
		rows: { type: 'string', value: 'N', words: { zh: '每项列出几行（默认 20）', en: 'rows of each list (default 20)' } }
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		const period = call.period();
		const township = call.required('township');
		const scheme = schemeOf(call);
		const plan = call.text('money') === null ? null : loadPlan(call.required('money'), call.home, call.locale);
		const explanation = await call.inHome(async (warehouse) => {
			const result = await scorePeriod(warehouse, scheme, period, call.actor);
			let money = null;
			if (plan) {
				const known = call.text('pool') === null ? await latestPool(warehouse.engine, plan.id, periodId(period)) : null;
				const fund = { scheme, plan, period, pool: known ?? poolOf(call), advances: null };
				money = await allocateFund(warehouse, fund, call.actor);
			}
			const options = {
				township,
				indicator: call.text('indicator'),
				rows: call.count('rows') ?? 20,
				money,
				locale: call.locale
			};
			return explainScore(warehouse, result, options, call.actor);
		});
		return { json: explanation, text: explanationLines(explanation, scheme, call) };
	}
};

function explanationLines(
	{ township, period, scheme, version, indicators, money }: Explanation,
	rules: Scheme,
	{ locale }: Invocation
): string[] {
	const grade = gradeName(rules, township.grade, locale);
	const title = inLocale(
		{
			zh: `${township.name} ${period}：${township.score ?? '—'} 分，${grade}，第 ${township.rank ?? '—'} 名（细则 ${scheme} 第 ${version} 版）`,
			en: `${township.name} ${period}: ${township.score ?? '—'}, ${grade}, rank ${township.rank ?? '—'} (scheme ${scheme} version ${version})`
		},
		locale
	);
	const quarters = township.quarters ? [township.quarters.map((quarter) => quarter ?? '—').join(' · ')] : [];
	const paid = (money ?? []).map(({ tranche, weight, amount, share }) =>
		inLocale(
			{
				zh: `  ${tranche}：权重 ${weight}，本批共 ${share} 元，应得 ${amount} 元`,
				en: `  ${tranche}: weight ${weight}, of ${share} yuan, due ${amount}`
			},
			locale
		)
	);
	return [title, ...quarters, ...indicators.flatMap((one) => indicatorLines(one, locale)), ...paid];
}

function indicatorLines({ words, counted, missed }: TracedIndicator, locale: 'zh' | 'en'): string[] {
	const list = (title: string, { total, rows }: TracedIndicator['counted']): string[] =>
		total === 0
			? []
			: [
					`  ${title} ${total}`,
					...rows.map(({ file, sheet, line, key, values }) => {
						const place = file === null ? '—' : [file, sheet, String(line)].filter((part) => part !== null).join(':');
						const shown = Object.values(values).filter((value) => value !== null && value !== key);
						return `    ${place}  ${key}  ${shown.join('  ')}`;
					})
				];
	return [
		words,
		...list(inLocale({ zh: '未计入', en: 'missed' }, locale), missed),
		...list(inLocale({ zh: '计入', en: 'counted' }, locale), counted)
	];
}

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
