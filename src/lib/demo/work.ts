/** Other work in a township: training and publicity, complaints, and the bureau's checks of records. */
import { addDays, type Day } from '../basis/day.ts';
import { improved, type Township } from './county.ts';
import { type Dice, diceOf } from './dice.ts';
import { known, type Quarter, type Scene } from './scene.ts';

export interface Activity {
	readonly id: string;
	readonly type: '培训' | '宣传' | '督导' | '水质检测';
	readonly on: Day;
	readonly quantity: number;
}

export interface Complaint {
	readonly id: string;
	readonly on: Day;
	readonly dueOn: Day;
	readonly closedOn: Day | null;
}

export interface SpotCheck {
	readonly id: string;
	readonly on: Day;
	readonly sampled: number;
	readonly genuine: number;
}

/** The rows of all quarters up to today, in the order of their days, numbered through. */
function upToToday<Row extends { readonly on: Day }>(
	scene: Scene,
	{ code }: Township,
	letters: string,
	rowsIn: (quarter: Quarter, dice: Dice) => Row[]
): (Row & { id: string })[] {
	return scene.quarters
		.flatMap((quarter) =>
			rowsIn(quarter, diceOf(scene.seed, code, quarter.period.year, quarter.period.index, letters)).sort(
				(a, b) => a.on - b.on
			)
		)
		.filter(({ on }) => on <= scene.today)
		.map((row, i) => ({ ...row, id: `${code}${letters}${String(i + 1).padStart(4, '0')}` }));
}

const anyDay = (quarter: Quarter, dice: Dice): Day => dice.pick(quarter.workdays);

const times = <Row>(count: number, make: () => Row): Row[] => Array.from({ length: count }, make);

/** 培训, 宣传, 督导 and 水质检测; the last about five a month, the others once or more a quarter. */
export function activitiesOf(scene: Scene, township: Township): Activity[] {
	const busy = township.subjects >= 100 ? 1 : 0;
	return upToToday(scene, township, 'G', (quarter, dice) => {
		const row = (type: Activity['type'], low: number, high: number) => ({
			type,
			on: anyDay(quarter, dice),
			quantity: dice.between(low, high)
		});
		return [
			...times(dice.between(busy, 2), () => row('培训', 12, 60)),
			...times(dice.between(1, 3), () => row('宣传', 80, 600)),
			...times(dice.between(busy, 2), () => row('督导', 1, 8)),
			...times(busy === 1 ? dice.between(13, 17) : 3, () => row('水质检测', 1, 4))
		];
	});
}

/** Complaints, each with a deadline of about three weeks. */
export function complaintsOf(scene: Scene, township: Township): Complaint[] {
	const usual = Math.max(1, Math.round(township.subjects / 130));
	return upToToday(scene, township, 'T', (quarter, dice) =>
		times(dice.between(usual - 1, usual + 2) + (quarter.scare ? 2 : 0), () => {
			const on = anyDay(quarter, dice);
			const dueOn = addDays(on, dice.pick([15, 20, 20, 30]));
			const inTime = dice.chance(improved(township.habits.rectified + 0.05, township.habits, quarter.place));
			const closedOn = inTime
				? addDays(on, dice.between(2, 15))
				: dice.chance(0.7)
					? addDays(dueOn, dice.between(1, 20))
					: null;
			return { on, dueOn, closedOn };
		})
	).map((row) => ({ ...row, closedOn: known(scene, row.closedOn) }));
}

/** Where the bureau doubts a township's patrols, more of those that it samples turn out not to have been made. */
const doubted: readonly Township['trouble'][] = ['tireless_inspector', 'bunched'];

/** One check of sampled records a quarter. */
export function spotChecksOf(scene: Scene, township: Township): SpotCheck[] {
	return upToToday(scene, township, 'J', (quarter, dice) => {
		const sampled = dice.pick([20, 20, 25, 30]);
		const invented = doubted.includes(township.trouble) ? dice.between(2, 6) : dice.chance(0.25) ? 1 : 0;
		return [{ on: anyDay(quarter, dice), sampled, genuine: sampled - invented }];
	});
}
