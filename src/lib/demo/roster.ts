/** Who works in a township (人员名册): the coordinators who patrol, and an informant in each village. */
import { addDays, type Day } from '../basis/day.ts';
import { isDeserted, type Township } from './county.ts';
import { diceOf } from './dice.ts';
import { namesFrom } from './people.ts';
import { known, type Scene } from './scene.ts';

export interface Person {
	readonly id: string;
	readonly name: string;
	readonly role: 'coordinator' | 'informant';
	readonly certifiedOn: Day | null;
	readonly startedOn: Day;
	readonly leftOn: Day | null;
	/** Goes on patrols: every coordinator, and informants where much is left to the last days. */
	readonly patrols: boolean;
}

/** Premises that one coordinator can visit in a quarter. */
const perCoordinator = 190;

/** All people of a township, also those who will come or go by the end of the running quarter. */
export function rosterOf(scene: Scene, township: Township): Person[] {
	const { code, trouble, villages, minStaff, subjects } = township;
	const dice = diceOf(scene.seed, code, 'roster');
	const name = namesFrom(dice);
	const people: Person[] = [];
	const take = (role: Person['role'], startedOn: Day, leftOn: Day | null, patrols: boolean): void => {
		const certified = role === 'coordinator' ? dice.chance(0.93) : dice.chance(0.4);
		const certifiedOn = addDays(startedOn, dice.between(20, 200));
		people.push({
			id: `${code}R${String(people.length + 1).padStart(3, '0')}`,
			name: name(),
			role,
			certifiedOn: certified && (leftOn === null || certifiedOn < leftOn) ? certifiedOn : null,
			startedOn,
			leftOn,
			patrols
		});
	};
	const longAgo = (): Day => addDays(scene.start, -dice.between(200, 3_000));

	const collapse = scene.quarters.find((quarter) => isDeserted(township, quarter));
	const posts = Math.max(minStaff, Math.ceil(subjects / perCoordinator));
	for (let post = 0; post < posts; post++) {
		// The first stays throughout, so that every quarter has somebody.
		if (collapse && post > 0) {
			take('coordinator', longAgo(), addDays(collapse.start, dice.between(3, 10)), true);
			take('coordinator', addDays(collapse.end, dice.between(2, 9)), null, true);
		} else if (post > 0 && dice.chance(0.2)) {
			const change = addDays(scene.start, dice.between(60, 900));
			take('coordinator', longAgo(), change, true);
			take('coordinator', addDays(change, dice.between(1, 12)), null, true);
		} else take('coordinator', longAgo(), null, true);
	}
	for (const [index] of villages.entries()) take('informant', longAgo(), null, trouble === 'bunched' && index < 4);
	return people;
}

/** The roster as it stands today. */
export const rosterToday = (scene: Scene, people: readonly Person[]): Person[] =>
	people
		.filter(({ startedOn }) => startedOn <= scene.today)
		.map((person) => ({
			...person,
			certifiedOn: known(scene, person.certifiedOn),
			leftOn: known(scene, person.leftOn)
		}));

/** Whether a person is in post on a day. */
export const isInPost = ({ startedOn, leftOn }: Person, day: Day): boolean =>
	startedOn <= day && (leftOn === null || leftOn > day);
