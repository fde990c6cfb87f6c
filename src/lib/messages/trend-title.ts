/** The sentence that opens the trends, and those that tell of each signal. */
import * as m from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';
import type { Comparison, Mark, ShownLimits, SignalRun, Standing } from '../reports/analyst.ts';
import { periodName, periodPart } from './period-name.ts';

/** What a trend is of; names as they are read. */
interface Subject {
	readonly measure: string;
	readonly township: string | null;
	readonly domain: string | null;
}

/** “孟河镇食品安全问题检出率”. */
export function trendSubject({ measure, township, domain }: Subject): string {
	if (township !== null && domain !== null) return m.trends_what_both({ township, domain, measure });
	if (township !== null) return m.trends_what_township({ township, measure });
	if (domain !== null) return m.trends_what_domain({ domain, measure });
	return m.trends_what({ measure });
}

const withSignal = {
	outside: { up: m.trends_title_outside_up, down: m.trends_title_outside_down },
	one_side: { up: m.trends_title_one_side_up, down: m.trends_title_one_side_down },
	trend: { up: m.trends_title_trend_up, down: m.trends_title_trend_down },
	two_of_three: { up: m.trends_title_two_of_three_up, down: m.trends_title_two_of_three_down }
} as const;

const limitOf = ({ direction }: Mark, limits: ShownLimits): string =>
	(direction === 'up' ? limits.upper : limits.lower) ?? '';

/** One period against the mean and the limits. */
export function trendTitle(subject: Subject, standing: Standing | null, limits: ShownLimits | null): string {
	const what = trendSubject(subject);
	if (!standing) return m.trends_title_none({ what });
	const facts = { what, period: periodName(standing.period), value: standing.value };
	const { run, side } = standing;
	if (!limits || side === null) return m.trends_title_no_limits(facts);
	const { mean } = limits;
	if (run)
		return withSignal[run.kind][run.direction]({
			...facts,
			mean,
			limit: limitOf(run, limits),
			periods: String(run.periods)
		});
	const against = { '1': m.trends_against_above, '-1': m.trends_against_below, '0': m.trends_against_same }[side];
	return m.trends_title_within({ ...facts, against: against({ mean }) });
}

/** Several series in their last complete period; `counts` where they are numbers of findings. */
export function comparisonTitle(
	subject: Subject,
	comparison: Comparison | null,
	{ counts, highest }: { readonly counts: boolean; readonly highest: string }
): string {
	const what = trendSubject(subject);
	if (!comparison) return m.trends_title_none({ what });
	const { period, total, signalling } = comparison;
	const facts = {
		what,
		period: periodName(period),
		highest,
		value: comparison.highest.value,
		signals: signalling > 0 ? m.trends_signals_some({ count: String(signalling) }) : m.trends_signals_none()
	};
	return counts ? m.trends_title_counts({ ...facts, total }) : m.trends_title_domains(facts);
}

/** The mean and what is ordinary, in words. */
export function limitsText(limits: ShownLimits | null): string {
	if (!limits) return m.trends_limits_none();
	const { mean, lower, upper } = limits;
	if (lower !== null && upper !== null) return m.trends_limits({ mean, lower, upper });
	if (upper !== null) return m.trends_limits_upper({ mean, upper });
	if (lower !== null) return m.trends_limits_lower({ mean, lower });
	return m.trends_limits_wide({ mean });
}

const runTexts = {
	outside: { up: m.trends_run_outside_up, down: m.trends_run_outside_down },
	one_side: { up: m.trends_run_one_side_up, down: m.trends_run_one_side_down },
	trend: { up: m.trends_run_trend_up, down: m.trends_run_trend_down },
	two_of_three: { up: m.trends_run_two_of_three_up, down: m.trends_run_two_of_three_down }
} as const;

/** The end of a stretch: in Chinese the year is not said twice. */
const endName = (from: string, to: string): string =>
	getLocale() === 'zh' && from.slice(0, 4) === to.slice(0, 4) ? periodPart(to) : periodName(to);

/** A stretch of periods that signal: when, and in which way. */
export function runText(run: SignalRun, limits: ShownLimits): { when: string; text: string } {
	const { kind, direction, from, to, periods, furthest } = run;
	const when = from === to ? periodName(from) : m.trends_range({ from: periodName(from), to: endName(from, to) });
	const facts = { value: furthest, limit: limitOf(run, limits), mean: limits.mean, periods: String(periods) };
	if (kind === 'outside' && periods === 1)
		return { when, text: { up: m.trends_run_outside_up_one, down: m.trends_run_outside_down_one }[direction](facts) };
	return { when, text: runTexts[kind][direction](facts) };
}

const markTexts = {
	outside: { up: m.trends_mark_outside_up, down: m.trends_mark_outside_down },
	one_side: { up: m.trends_mark_one_side_up, down: m.trends_mark_one_side_down },
	trend: { up: m.trends_mark_trend_up, down: m.trends_mark_trend_down },
	two_of_three: { up: m.trends_mark_two_of_three_up, down: m.trends_mark_two_of_three_down }
} as const;

/** A signal in the fewest words, for a table. */
export const markText = ({ kind, direction }: Mark): string => markTexts[kind][direction]();
