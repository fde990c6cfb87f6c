/** The monthly and quarterly forms that a township hands in (报表报送). */
import { addDays, type Day } from '../basis/day.ts';
import { endOf, monthsIn, type Period, startOf } from '../basis/period.ts';
import { improved, type Township } from './county.ts';
import { type Dice, diceOf } from './dice.ts';
import type { Scene } from './scene.ts';

export interface Submission {
	readonly form: 'monthly' | 'quarterly';
	readonly covers: Period;
	readonly on: Day;
	readonly returned: boolean;
}

/** The day of the month on which a monthly form is due (rules.md, section 3). */
const monthlyDay = 19;
/** How often the township that is always late is in time all the same. */
const rarelyInTime = 0.22;

/** The forms handed in up to today, in the order of what they cover. */
export function submissionsOf(scene: Scene, township: Township): Submission[] {
	const late = township.trouble === 'late_forms';
	return scene.quarters
		.flatMap((quarter) => {
			const dice = diceOf(scene.seed, township.code, quarter.period.year, quarter.period.index, 'forms');
			const usual = Math.min(0.985, improved(township.habits.timely, township.habits, quarter.place) + 0.02);
			return [
				...monthsIn(quarter.period).flatMap((month) =>
					handedIn('monthly', month, addDays(startOf(month), monthlyDay - 1), late ? rarelyInTime : usual, dice)
				),
				...handedIn('quarterly', quarter.period, endOf(quarter.period), usual, dice)
			];
		})
		.filter(({ on }) => on <= scene.today);
}

/** A form by its due day: in time, late, never; sometimes returned and handed in again. */
function handedIn(form: Submission['form'], covers: Period, due: Day, inTime: number, dice: Dice): Submission[] {
	const on = dice.chance(inTime) ? addDays(due, -dice.between(0, 7)) : addDays(due, dice.between(1, 9));
	if (dice.chance(0.006)) return [];
	const row = { form, covers, on, returned: false };
	if (!dice.chance(0.025)) return [row];
	return [
		{ ...row, returned: true },
		{ ...row, on: addDays(on, dice.between(1, 4)) }
	];
}
