/** Commands about money and the way to it: allocate, explain. */
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import { parseYuan } from '#lib/basis/fen.ts';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { loadPlan, loadScheme } from '#lib/server/schemes/load.ts';
import { allocateFund, keepPayments, latestPool, readAdvances } from '#lib/server/workflows/allocate-fund.ts';
import { explainScore, type Explanation, type TracedIndicator } from '#lib/server/workflows/explain-score.ts';
import { shareAmongClinics } from '#lib/server/workflows/share-among-clinics.ts';
import { requireUnchanged } from '#lib/server/workflows/published-schemes.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import type { Command, Invocation, Option } from '../command.ts';
import { table } from '../table.ts';
import { gradeName, inHomeWith, periodOption, schemeOf, schemeOption } from './options.ts';

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
		const scheme = schemeOf(call, period);
		const path = call.text('advances');
		if (plan.of && path !== null) throw new Problem('plan_within_townships', { plan: plan.id });
		const above = plan.of && {
			scheme: loadScheme(plan.of.scheme, call.home, call.locale, period),
			plan: loadPlan(plan.of.plan, call.home, call.locale)
		};
		const { report } = await inHomeWith(call, scheme, async (warehouse) => {
			const advances = path === null ? null : await readAdvances(warehouse, path);
			if (above) await requireUnchanged(warehouse, above.scheme.id);
			const fund = above
				? await shareAmongClinics(warehouse, above, { scheme, plan }, { period, pool }, call.actor)
				: await allocateFund(warehouse, { scheme, plan, period, pool, advances }, call.actor);
			await keepPayments(warehouse.engine, fund, call.actor, call.world.now());
			return fund;
		});
		const keys = report.tranches.map(({ key }) => key);
		const head =
			call.locale === 'zh'
				? [plan.unitOf === 'clinic' ? '村卫生室' : '乡镇', ...keys, '应发', '已预拨', '结算']
				: [plan.unitOf, ...keys, 'due', 'advanced', 'settlement'];
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
		const scheme = schemeOf(call, period);
		const plan = call.text('money') === null ? null : loadPlan(call.required('money'), call.home, call.locale);
		const explanation = await inHomeWith(call, scheme, async (warehouse) => {
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
	{ township, period, scheme, version, indicators, next, money }: Explanation,
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
	return [title, ...quarters, ...next, ...indicators.flatMap((one) => indicatorLines(one, locale)), ...paid];
}

function indicatorLines({ words, next, counted, missed }: TracedIndicator, locale: Locale): string[] {
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
		...(next === null ? [] : [`  ${inLocale({ zh: '再进一步', en: 'further' }, locale)}：${next}`]),
		...list(inLocale({ zh: '未计入', en: 'missed' }, locale), missed),
		...list(inLocale({ zh: '计入', en: 'counted' }, locale), counted)
	];
}
