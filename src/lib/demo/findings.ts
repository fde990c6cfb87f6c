/** What a patrol finds, and what is done about it. */
import { addDays, type Day } from '../basis/day.ts';
import { improved, type Township } from './county.ts';
import type { Dice } from './dice.ts';
import { type DomainKey, domains } from './domains.ts';
import type { Quarter } from './scene.ts';
import { scareFindings, texts } from './texts.ts';

export interface Found {
	readonly problems: number;
	readonly problemText: string;
	readonly disposal: string | null;
	readonly rectifyBy: Day | null;
	readonly rectifiedOn: Day | null;
}

/** How much worse food premises are while tainted food goes round. */
const scareFactor = 2.6;
/** What is left of the problems where hardly any are written down; recalled food is harder to pass over. */
const keptQuiet = 0.07;
const keptQuietInScare = 0.2;

/** The share of visits with a problem, at most 0.9. */
function problemShare(township: Township, quarter: Quarter, domain: DomainKey): number {
	const { problems, season } = domains[domain];
	const tainted = quarter.scare && domain === 'food_safety';
	const quiet = tainted ? keptQuietInScare : keptQuiet;
	return Math.min(
		0.9,
		problems *
			township.habits.problems *
			(season[quarter.period.index - 1] ?? 1) *
			(1 - 0.018 * quarter.place) *
			(tainted ? scareFactor : 1) *
			(township.trouble === 'few_problems' ? quiet : 1)
	);
}

const nothing = ['无', '无', '未发现问题', '未发现', '正常'] as const;

/** What a visit on a day finds, with what will come of it, also after today. */
export function find(township: Township, quarter: Quarter, domain: DomainKey, on: Day, dice: Dice): Found {
	if (!dice.chance(problemShare(township, quarter, domain)))
		return { problems: 0, problemText: dice.pick(nothing), disposal: null, rectifyBy: null, rectifiedOn: null };
	const thrown = dice.below(100);
	const wanted = thrown < 74 ? 1 : thrown < 95 ? 2 : 3;
	const tainted = quarter.scare && domain === 'food_safety' && dice.chance(0.55);
	const found = dice
		.shuffled(texts[domain].found)
		.slice(0, wanted)
		.map((template, i) => dice.say(tainted && i === 0 ? dice.pick(scareFindings) : template));
	return { problems: found.length, problemText: found.join('；'), ...settle(township, quarter, on, dice) };
}

/** The order given and whether it was obeyed: mended on the spot, by the deadline, late, or not yet. */
function settle(
	{ habits }: Township,
	quarter: Quarter,
	on: Day,
	dice: Dice
): Pick<Found, 'disposal' | 'rectifyBy' | 'rectifiedOn'> {
	if (dice.chance(0.012)) return { disposal: null, rectifyBy: null, rectifiedOn: null };
	if (dice.chance(0.15))
		return { disposal: dice.say('当场{指出|提出整改意见}，{负责人|经营者}已当场改正'), rectifyBy: on, rectifiedOn: on };
	const days = dice.pick([5, 7, 7, 10, 15, 15, 30]);
	const rectifyBy = addDays(on, days);
	const disposal = dice.say(
		`{下达卫生监督意见书，责令${days}日内改正|责令${days}日内整改到位，逾期上报区卫生监督所|提出整改意见，限${days}日内完成，届时复查|出具巡查意见，要求${days}日内改正并反馈|已口头告知并书面记录，限${days}日内整改}`
	);
	const obeyed = dice.chance(improved(habits.rectified, habits, quarter.place));
	const late = obeyed ? 0 : dice.between(1, 25);
	const rectifiedOn = obeyed ? addDays(on, dice.between(1, days)) : dice.chance(0.65) ? addDays(rectifyBy, late) : null;
	return { disposal, rectifyBy, rectifiedOn };
}
