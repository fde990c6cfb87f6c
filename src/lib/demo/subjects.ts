/** The register of premises (本底名册) of a township. */
import { addDays, day, type Day } from '../basis/day.ts';
import type { Township } from './county.ts';
import { type Dice, diceOf } from './dice.ts';
import { type DomainKey, domainKeys, domains } from './domains.ts';
import { addressIn, named } from './naming.ts';
import { known, type Scene } from './scene.ts';

export interface Subject {
	readonly id: string;
	readonly name: string;
	readonly domain: DomainKey;
	readonly village: string;
	readonly address: string;
	readonly filedOn: Day | null;
	/** Null where the office does not know it; such a premises has always been there. */
	readonly openedOn: Day | null;
	readonly closedOn: Day | null;
	readonly grade: 'A' | 'B' | 'C' | null;
	readonly gradedOn: Day | null;
	readonly visitsPerYear: number | null;
}

/** Days from `scene.start` back to the oldest premises. */
const oldest = 9_000;

/** Before this day nobody was graded (量化分级). */
const gradingBegan = day(2002, 1, 1);

/** All premises that are or were on a township's register, or will be by the end of the running quarter. */
export function subjectsOf(scene: Scene, township: Township): Subject[] {
	const dice = diceOf(scene.seed, township.code, 'subjects');
	const takenNames = new Set<string>();
	const subjects: Subject[] = [];
	for (const domain of domainKeys) {
		const exact = (township.subjects * domains[domain].perThousand) / 1000;
		// A small township has some domains and not others.
		const count = Math.floor(exact) + (dice.chance(exact - Math.floor(exact)) ? 1 : 0);
		for (let number = 1; number <= count; number++)
			subjects.push(subject(scene, township, domain, number, takenNames, dice));
	}
	return subjects;
}

function subject(
	scene: Scene,
	township: Township,
	domain: DomainKey,
	number: number,
	takenNames: Set<string>,
	dice: Dice
): Subject {
	const { letters, graded, visitsPerQuarter } = domains[domain];
	const village = dice.pick(township.villages);
	const life = lifeOf(scene, dice);
	const since = life.openedOn ?? addDays(scene.start, -dice.between(400, 2_500));
	const filedAfter = dice.chance(0.9) ? dice.between(0, 30) : dice.between(31, 200);
	const filedOn = dice.chance(township.habits.filed) ? addDays(since, filedAfter) : null;
	const gradable = since > gradingBegan ? since : gradingBegan;
	const gradedOn = graded && dice.chance(0.96) ? addDays(gradable, dice.between(25, 120)) : null;
	return {
		id: `${township.code}${letters}${String(number).padStart(4, '0')}`,
		name: nameOf(township, domain, village, takenNames, dice),
		domain,
		village,
		address: addressIn(village, township, dice),
		...life,
		filedOn: filedOn !== null && life.closedOn !== null && filedOn >= life.closedOn ? null : filedOn,
		grade: gradedOn === null ? null : dice.pick(['A', 'B', 'B', 'B', 'C', 'C']),
		gradedOn,
		visitsPerYear: visitsPerQuarter > 1 ? visitsPerQuarter * 4 : null
	};
}

/** When a premises opened and closed: most are older than the years covered and still there. */
function lifeOf(scene: Scene, dice: Dice): Pick<Subject, 'openedOn' | 'closedOn'> {
	// To the end of the running quarter, so that the same premises open whatever day it is.
	const covered = scene.quarters.reduce((days, { start, end }) => days + (end - start) + 1, 0);
	const fate = dice.below(100);
	const openedOn =
		fate < 3
			? null
			: fate < 12
				? addDays(scene.start, dice.below(covered))
				: addDays(scene.start, -dice.between(1, dice.between(30, oldest)));
	if (!dice.chance(0.07)) return { openedOn, closedOn: null };
	const closedOn = addDays(scene.start, dice.below(covered));
	return { openedOn, closedOn: closedOn > (openedOn ?? scene.start) + 120 ? closedOn : null };
}

/** A name that no other premises of the township has. */
function nameOf(township: Township, domain: DomainKey, village: string, taken: Set<string>, dice: Dice): string {
	for (let tries = 0; ; tries++) {
		const name = named(dice.pick(domains[domain].premises), township, dice, village);
		const distinct = tries < 6 ? name : `${name}（${village}${dice.between(2, 99)}号）`;
		if (taken.has(distinct)) continue;
		taken.add(distinct);
		return distinct;
	}
}

/** The register as it stands today: without what is still to come. */
export function registerOf(scene: Scene, subjects: readonly Subject[]): Subject[] {
	return subjects
		.filter(({ openedOn }) => openedOn === null || openedOn <= scene.today)
		.map((subject) => {
			const gradedOn = known(scene, subject.gradedOn);
			return {
				...subject,
				filedOn: known(scene, subject.filedOn),
				closedOn: known(scene, subject.closedOn),
				grade: gradedOn === null ? null : subject.grade,
				gradedOn
			};
		});
}

/** Whether a premises is open on a day. */
export const isOpen = ({ openedOn, closedOn }: Subject, on: Day): boolean =>
	(openedOn === null || openedOn <= on) && (closedOn === null || closedOn > on);
