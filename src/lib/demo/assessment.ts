/** What the bureau itself enters each quarter: on-site marks, deductions, and figures from its surveys. */
import { addDays, type Day } from '../basis/day.ts';
import type { Period } from '../basis/period.ts';
import { improved, isDeserted, type Township } from './county.ts';
import { diceOf } from './dice.ts';
import type { Scene } from './scene.ts';

export interface Mark {
	readonly period: Period;
	readonly points: number;
	readonly by: string;
	readonly reason: string;
}

export interface Deduction {
	readonly id: string;
	readonly period: Period;
	readonly item: string;
	readonly on: Day;
	readonly minus: number;
	readonly reason: string;
	readonly by: string;
}

export interface Figure {
	readonly period: Period;
	readonly key: 'awareness' | 'satisfaction';
	readonly n: number;
	readonly d: number;
	readonly source: string;
	readonly by: string;
}

interface Assessment {
	readonly marks: Mark[];
	readonly deductions: Deduction[];
	readonly figures: Figure[];
}

/** The key of the on-site indicator that marks and deductions belong to. */
export const onsite = 'onsite';
/** On-site marks are given out of so many points, in halves. */
const onsitePoints = 10;
/** A quarter is assessed on the eighth day after its end. */
const assessedAfter = 8;

const assessors = ['区卫生监督所 周建明', '区卫生监督所 陆文娟', '区卫健局 钱志宏'] as const;
const reasons = [
	'现场查看档案{20|25|30}份，{较为|基本|总体}规范',
	'现场复核{5|8|10}户，{台账齐全|个别记录缺签名|整改反馈略有滞后}',
	'听取汇报并抽查{本底档案|巡查记录|宣传资料}'
] as const;
const faults = [
	['巡查记录', '{2|3|5}份巡查记录无当事人签名'],
	['本底档案', '抽查{10|20}户，{1|2|3}户档案未及时更新'],
	['培训资料', '培训{签到|试卷|照片}资料不全'],
	['信息公示', '协管服务{公示栏内容未更新|监督电话未公示}'],
	['整改闭环', '{2|3}件问题无整改反馈材料']
] as const;

/** The marks, deductions and figures of the quarters that were assessed by today. */
export function assessmentOf(scene: Scene, township: Township): Assessment {
	const result: Assessment = { marks: [], deductions: [], figures: [] };
	const { habits, code } = township;
	for (const quarter of scene.quarters) {
		const { period, place, end } = quarter;
		const dice = diceOf(scene.seed, code, period.year, period.index, 'assessment');
		const assessedOn = addDays(end, assessedAfter);
		if (assessedOn > scene.today) continue;
		const level = improved(habits.onsite / onsitePoints, habits, place) - (isDeserted(township, quarter) ? 0.3 : 0);
		const halves = Math.round(level * onsitePoints * 2) + dice.between(-1, 1);
		result.marks.push({
			period,
			points: Math.max(0, Math.min(onsitePoints * 2, halves)) / 2,
			by: dice.pick(assessors),
			reason: dice.say(dice.pick(reasons))
		});
		if (dice.chance(0.22)) {
			const [item, reason] = dice.pick(faults);
			result.deductions.push({
				id: `${code}K${period.year}${period.index}`,
				period,
				item,
				on: addDays(end, -dice.between(3, 25)),
				minus: dice.between(1, 4) / 2,
				reason: dice.say(reason),
				by: dice.pick(assessors)
			});
		}
		for (const [key, source, base] of surveys) {
			const d = dice.pick([100, 120, 150, 200]);
			const share = Math.min(0.99, base + 0.1 * (habits.coverage - 0.86) + 0.004 * place + dice.share(-0.03, 0.04));
			result.figures.push({ period, key, n: Math.round(share * d), d, source, by: dice.pick(assessors) });
		}
	}
	return result;
}

const surveys = [
	['awareness', '居民卫生知识知晓率调查', 0.8],
	['satisfaction', '服务对象满意度调查', 0.87]
] as const;
