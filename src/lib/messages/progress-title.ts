/** The sentence that opens the running period: how far it is, what may become of it, and what is left. */
import { grouped, shownScore } from '../browser/figures.ts';
import * as m from '../paraglide/messages.js';
import type { Counts, RunningReport, RunningUnit, TaskKind } from '../reports/running.ts';
import { periodName, periodPart } from './period-name.ts';

const ofSentence = ['visit', 'form'] as const;

/** “；尚有 45 家单位未完成巡查、2 份报表待报。” A kind that the scheme does not ask for is not said to be done. */
function leftOver(left: Counts, kinds: readonly TaskKind[]): string {
	const asked = ofSentence.filter((kind) => kinds.includes(kind));
	if (asked.length === 0) return m.progress_title_end();
	const still = { visit: m.progress_left_visit, form: m.progress_left_form };
	const done = { visit: m.progress_done_visit, form: m.progress_done_form };
	const open = asked.filter((kind) => left[kind] > 0);
	return open.length > 0
		? m.progress_title_left({
				parts: open.map((kind) => still[kind]({ count: grouped(String(left[kind])) })).join(m.list_and())
			})
		: m.progress_title_done({ parts: asked.map((kind) => done[kind]()).join(m.list_and()) });
}

/** Of all units: “四季度已过 60.87%，按现状平均可得 82.3 分；尚有 …。” */
export function progressTitle(
	{ period, elapsed, mean, left, kinds }: Pick<RunningReport, 'period' | 'elapsed' | 'mean' | 'left' | 'kinds'>,
	over: boolean
): string {
	const opening = over
		? mean === null
			? m.progress_title_over_none({ period: periodName(period) })
			: m.progress_title_over({ period: periodName(period), mean })
		: mean === null
			? m.progress_title_none({ period: periodPart(period), elapsed })
			: m.progress_title({ period: periodPart(period), elapsed, mean });
	return opening + leftOver(left, kinds);
}

/** Of one unit: “孟河镇按现状预计 82.82 分，最高可得 98.20 分；尚有 …。” */
export function unitTitle({ name, expected, best, left }: RunningUnit, kinds: readonly TaskKind[]): string {
	const opening =
		expected === null && best === null
			? m.progress_title_unit_none({ name })
			: m.progress_title_unit({ name, expected: shownScore(expected), best: shownScore(best) });
	return opening + leftOver(left, kinds);
}
