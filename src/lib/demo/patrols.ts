/** The patrols of a township (巡查登记), quarter by quarter and in the order of their days. */
import { addDays, type Day, calendar } from '../basis/day.ts';
import { improved, type Township } from './county.ts';
import { type Dice, diceOf } from './dice.ts';
import type { DomainKey } from './domains.ts';
import { find, type Found } from './findings.ts';
import { named } from './naming.ts';
import type { Person } from './roster.ts';
import { Diary, type Visit, visitsIn } from './rounds.ts';
import { known, type Quarter, type Scene } from './scene.ts';
import { isOpen, type Subject } from './subjects.ts';
import { texts } from './texts.ts';
import { isWorkday } from './workdays.ts';

export interface Patrol extends Found {
	readonly id: string;
	/** Null for rounds against unlicensed practice, which belong to no premises. */
	readonly subject: string | null;
	readonly place: string;
	readonly domain: DomainKey;
	readonly on: Day;
	readonly content: string;
	readonly inspector: string | null;
	readonly reportedOn: Day | null;
}

type Unnumbered = Omit<Patrol, 'id'>;

const campaigns = ['春节前专项巡查', '夏季高温专项巡查', '开学季专项巡查', '国庆元旦专项巡查'] as const;

/** Nobody finds anything worth a line on a visit that only looks whether a fault was mended. */
const mended = { problems: 0, disposal: null, rectifyBy: null, rectifiedOn: null } as const;

/** The patrols of all quarters up to today. Their numbers run through each year without gaps. */
export function patrolsOf(
	scene: Scene,
	township: Township,
	subjects: readonly Subject[],
	people: readonly Person[]
): Patrol[] {
	const numbers = new Map<number, number>();
	const patrols: Patrol[] = [];
	for (const quarter of scene.quarters) {
		const rows = patrolsIn(scene.seed, township, subjects, people, quarter);
		rows.sort((a, b) => a.on - b.on);
		for (const row of rows) {
			if (row.on > scene.today) continue;
			const { year } = calendar(row.on);
			const number = (numbers.get(year) ?? 0) + 1;
			numbers.set(year, number);
			patrols.push({
				id: `${township.code}-${year}-${String(number).padStart(5, '0')}`,
				...row,
				rectifiedOn: known(scene, row.rectifiedOn),
				reportedOn: known(scene, row.reportedOn)
			});
		}
	}
	return patrols;
}

/** The patrols of a quarter as they are meant, after today too: the dice must not depend on what day it is. */
function patrolsIn(
	seed: number,
	township: Township,
	subjects: readonly Subject[],
	people: readonly Person[],
	quarter: Quarter
): Unnumbered[] {
	const dice = diceOf(seed, township.code, quarter.period.year, quarter.period.index, 'patrols');
	const diary = new Diary(people);
	const rows: Unnumbered[] = [];
	for (const visit of visitsIn(township, subjects, quarter, diary, dice)) {
		const row = patrol(township, quarter, visit, dice);
		rows.push(row);
		const again = followUp(township, quarter, visit, row, diary, dice);
		if (again) rows.push(again);
	}
	rows.push(...marketRounds(township, quarter, diary, dice));
	return rows;
}

function patrol(township: Township, quarter: Quarter, visit: Visit, dice: Dice): Unnumbered {
	const { subject, on, inspector, campaign } = visit;
	const looked = dice.say(dice.pick(texts[subject.domain].looked));
	return {
		subject: subject.id,
		place: subject.name,
		domain: subject.domain,
		on,
		content: campaign ? `${campaigns[quarter.period.index - 1] ?? ''}：${looked}` : looked,
		...find(township, quarter, subject.domain, on, dice),
		inspector: dice.chance(0.004) ? null : inspector.name,
		reportedOn: entered(township, quarter, on, dice)
	};
}

/** When a patrol was entered: mostly within five days, sometimes weeks later, rarely never. */
function entered({ habits }: Township, quarter: Quarter, on: Day, dice: Dice): Day | null {
	if (dice.chance(0.004)) return null;
	const inTime = dice.chance(improved(habits.timely, habits, quarter.place));
	return addDays(on, inTime ? dice.between(0, 5) : dice.between(6, 24));
}

/** A third of the faults that were mended in the quarter are looked at again, on the day that they were. */
function followUp(
	township: Township,
	quarter: Quarter,
	{ subject, on }: Visit,
	{ rectifiedOn }: Unnumbered,
	diary: Diary,
	dice: Dice
): Unnumbered | null {
	if (rectifiedOn === null || rectifiedOn === on || rectifiedOn > quarter.end || !dice.chance(0.33)) return null;
	if (!isWorkday(rectifiedOn) || !isOpen(subject, rectifiedOn)) return null;
	const person = diary.free(rectifiedOn, 1);
	if (!person) return null;
	diary.enter(rectifiedOn, person, 1);
	return {
		subject: subject.id,
		place: subject.name,
		domain: subject.domain,
		on: rectifiedOn,
		content: dice.say('对{前次巡查发现的问题|上次提出的整改意见|责令改正事项}进行复查'),
		...mended,
		problemText: dice.say('{未发现问题|无}'),
		inspector: person.name,
		reportedOn: entered(township, quarter, rectifiedOn, dice)
	};
}

const markets = ['V集贸市场', 'V出租房集中区', 'V老街药店一条街', 'T客运站周边', 'V村口游商摊点', 'T夜市'] as const;

/** Two rounds a month where unlicensed practice may be found. */
function marketRounds(township: Township, quarter: Quarter, diary: Diary, dice: Dice): Unnumbered[] {
	const rows: Unnumbered[] = [];
	for (let round = 0; round < 6; round++) {
		const on = dice.pick(quarter.workdays);
		const person = diary.free(on, 1);
		if (!person) continue;
		diary.enter(on, person, 1);
		rows.push({
			subject: null,
			place: named(dice.pick(markets), township, dice),
			domain: 'illegal_practice',
			on,
			content: dice.say(dice.pick(texts.illegal_practice.looked)),
			...find(township, quarter, 'illegal_practice', on, dice),
			inspector: person.name,
			reportedOn: entered(township, quarter, on, dice)
		});
	}
	return rows;
}
