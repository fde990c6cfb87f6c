import { redirect } from '@sveltejs/kit';
import type { Plan } from '#lib/allocation/plan.ts';
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import { formatYuan } from '#lib/basis/fen.ts';
import { period, type Period, periodId, periodsOfYear } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { barsHeight, barsOption, partFill } from '#lib/charts/bars.ts';
import { problemText } from '#lib/messages/problem-text.ts';
import * as m from '#lib/paraglide/messages.js';
import { type PaymentRow, paymentOrder, sortedPayments } from '#lib/reports/finance.ts';
import { renderChart } from '#lib/server/charts/render.ts';
import { requireCovered } from '#lib/server/schemes/load.ts';
import { rulesAt } from '#lib/server/workflows/see-periods.ts';
import { explainPayment, type FundsReport, plansCalled, termsOf } from '#lib/server/workflows/show-funds.ts';
import { grouped } from '#lib/browser/figures.ts';
import { looking, type View } from '../looking.ts';
import { pageOf } from '../ranking.ts';
import type { PageServerLoad } from './$types';
import { answer, type FundsAsked, type FundsField, readAsked, settledAddress } from './asking.ts';

/** Bars that are drawn: more would not be told apart. */
const drawnBars = 20;
/** The widths at which the text of the bars has its size, in px. */
const barsWidth = { wide: 800, narrow: 340 };

export const load: PageServerLoad = (event) => {
	const { url, locals } = event;
	const settled = settledAddress(url);
	if (settled !== null) redirect(303, settled);
	return looking(event, async (look, view) => {
		if (view.period === null || view.known.reach === null) return { funds: null };
		const asked = await readAsked(look, view, view.period, url, locals.locale);
		const { question, report, problem, compareProblem } = await answer(look, view, asked, locals.actor);
		const { plan } = asked;
		const township = url.searchParams.get('township');
		return {
			funds: {
				period: periodId(asked.period),
				annual: asked.period.kind === 'year',
				state: view.known.stateOf(asked.period),
				grades: view.rules.scheme.grades.map(({ key, name }) => ({ key, name: inLocale(name, locals.locale) })),
				plan: plan && {
					id: plan.id,
					version: plan.version,
					name: inLocale(plan.name, locals.locale),
					terms: termsOf(plan)
				},
				form: {
					text: asked.text,
					wrong: wordsOf({ ...asked.wrong, ...(compareProblem ? { compare: compareProblem } : {}) }, locals.locale),
					pool: asked.pool === null ? null : formatYuan(asked.pool),
					poolKnown: asked.poolKnown,
					plans: plansCalled(asked.plans, look.home, locals.locale),
					...basesOf(view, asked.period)
				},
				problem: problem && problemText(problem, locals.locale),
				sheet: report && plan && sheetOf(report, asked, plan, url),
				why: question && township ? await explainPayment(look, view.rules, question, township, locals.actor) : null
			}
		};
	});
};

/** What is wrong with each field, in words. Those for a pool are the form's own: it takes more than commands do. */
const wordsOf = (wrong: FundsAsked['wrong'], locale: Locale): Partial<Record<FundsField, string>> =>
	Object.fromEntries(
		Object.entries(wrong).map(([field, problem]) => [
			field,
			field === 'pool' ? m.funds_pool_invalid({ pool: problem.facts['pool'] ?? '' }) : problemText(problem, locale)
		])
	);

/** The years and the parts of the year on whose scores can be paid; the one that is asked for is always among them. */
function basesOf({ rules, known }: View, asked: Period): { year: string; years: string[]; parts: string[] } {
	const { scheme } = rules;
	const offered = (one: Period): boolean => {
		if (periodId(one) === periodId(asked)) return true;
		if (known.stateOf(one) === 'none') return false;
		try {
			requireCovered(rulesAt(rules, one).scheme, one);
			return true;
		} catch (problem) {
			if (problem instanceof Problem) return false;
			throw problem;
		}
	};
	const years = [...new Set([...known.years, asked.year])].sort((a, b) => b - a).map((year) => period('year', year, 1));
	const ofYear = scheme.frequency === 'year' ? [] : periodsOfYear(scheme.frequency, asked.year);
	const parts =
		ofYear.some((part) => periodId(part) === periodId(asked)) || asked.kind === 'year' ? ofYear : [...ofYear, asked];
	return {
		year: String(asked.year),
		years: years.filter(offered).map(periodId),
		parts: parts.filter(offered).map(periodId)
	};
}

/** The sheet as it is shown: one page of lines, the sums of all. */
function sheetOf(report: FundsReport, { compare }: FundsAsked, plan: Plan, url: URL) {
	const { fund, rows, comparison, ...rest } = report;
	const order = paymentOrder(url.searchParams.get('sort'));
	const shown = pageOf(sortedPayments(rows, order), url);
	const byDue = sortedPayments(rows, { by: 'due', descending: true });
	const [most, least] = [byDue[0], byDue.at(-1)].map((row) => (row ? { name: row.name, due: row.due } : null));
	return {
		...rest,
		...shown,
		order,
		inputsHash: fund.inputsHash,
		paid: rows.filter(({ due }) => due !== '0.00').length,
		most: most ?? null,
		least: least ?? null,
		withholds: plan.tranches.some(({ keep }) => Object.values(keep).some(({ n, d }) => n !== d)),
		advances: rows.some(({ advanced }) => advanced !== '0.00'),
		comparison: comparison && compare && { ...comparison, plan: compare.name },
		bars: barsOf(byDue, plan)
	};
}

/** Bars of the largest amounts. Their numbers are for drawing; the sheet has them to the fen. */
function barsOf(byDue: readonly PaymentRow[], { tranches }: Plan) {
	const drawn = byDue.slice(0, drawnBars);
	const bars = {
		names: drawn.map(({ name }) => name),
		parts: tranches.map(({ key }, i) => ({
			name: key,
			fill: partFill(i),
			values: drawn.map(({ amounts }) => Number(amounts[i] ?? 0))
		})),
		totals: drawn.map(({ due }) => grouped(due))
	};
	const height = barsHeight(drawn.length);
	return {
		wide: renderChart(barsOption(bars, false), '', barsWidth.wide, height),
		narrow: renderChart(barsOption(bars, true), '', barsWidth.narrow, height),
		width: barsWidth.wide,
		fills: bars.parts.map(({ fill }) => fill),
		drawn: drawn.length,
		all: byDue.length
	};
}
