/** What townships report upwards (信息报告登记). */
import { addDays, type Day } from '../basis/day.ts';
import { improved, type Township } from './county.ts';
import { type Dice, diceOf } from './dice.ts';
import { type DomainKey, domainKeys } from './domains.ts';
import { named } from './naming.ts';
import { isInPost, type Person } from './roster.ts';
import { known, type Quarter, type Scene } from './scene.ts';
import { scareClues, texts } from './texts.ts';

export interface Clue {
	readonly id: string;
	readonly on: Day;
	readonly category: string;
	readonly content: string;
	readonly reportedOn: Day | null;
	readonly reporter: string;
	readonly urgent: boolean;
	readonly valuable: boolean;
	readonly concealed: boolean;
}

/** Food and unlicensed practice are reported most. */
const reported: readonly DomainKey[] = [
	'food_safety',
	'food_safety',
	'illegal_practice',
	'illegal_practice',
	...domainKeys
];

/** The clues of a township up to today, in the order of their days. */
export function cluesOf(scene: Scene, township: Township, people: readonly Person[]): Clue[] {
	const all = scene.quarters.flatMap((quarter) => {
		const dice = diceOf(scene.seed, township.code, quarter.period.year, quarter.period.index, 'clues');
		const usual = Math.max(1, Math.round(township.subjects / 110));
		const more = quarter.scare ? dice.between(8, 13) : 0;
		return [
			...Array.from({ length: dice.between(usual - 1, usual + 3) }, () => clue(township, quarter, people, false, dice)),
			...Array.from({ length: more }, () => clue(township, quarter, people, true, dice))
		].sort((a, b) => a.on - b.on);
	});
	return all
		.filter(({ on }) => on <= scene.today)
		.map((row, i) => ({
			id: `${township.code}X${String(i + 1).padStart(4, '0')}`,
			...row,
			reportedOn: known(scene, row.reportedOn)
		}));
}

function clue(
	township: Township,
	quarter: Quarter,
	people: readonly Person[],
	scare: boolean,
	dice: Dice
): Omit<Clue, 'id'> {
	const on = addDays(quarter.start, dice.below(quarter.end - quarter.start + 1));
	const { category, clues } = texts[scare ? 'food_safety' : dice.pick(reported)];
	const urgent = dice.chance(scare ? 0.3 : 0.05);
	const inTime = dice.chance(improved(township.habits.timely, township.habits, quarter.place) - 0.02);
	const delay = inTime ? (urgent ? 0 : dice.below(2)) : dice.between(2, 8);
	const present = people.filter((person) => isInPost(person, on));
	return {
		on,
		category,
		content: named(dice.pick(scare ? scareClues : clues), township, dice),
		reportedOn: dice.chance(0.012) ? null : addDays(on, delay),
		reporter: present.length > 0 ? dice.pick(present).name : '群众电话',
		urgent,
		valuable: dice.chance(scare ? 0.45 : 0.2),
		concealed: dice.chance(0.003)
	};
}
