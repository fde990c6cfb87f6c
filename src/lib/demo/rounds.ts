/**
 * Who goes where on which day of a quarter. Premises of one village are visited together, a handful on one round by
 * one person, and nobody makes more than {@link dailyLimit} visits a day, except the one who claims to.
 */
import { addDays, type Day } from '../basis/day.ts';
import { improved, isDeserted, type Township } from './county.ts';
import type { Dice } from './dice.ts';
import { domains } from './domains.ts';
import { isInPost, type Person } from './roster.ts';
import type { Quarter } from './scene.ts';
import { isOpen, type Subject } from './subjects.ts';
import { nextWorkday } from './workdays.ts';

export interface Visit {
	readonly subject: Subject;
	readonly on: Day;
	readonly inspector: Person;
	/** Whether it was part of the quarter's campaign, beside the visit that was due. */
	readonly campaign: boolean;
}

/** More visits in a day than this are a flag of rules.md, section 7. */
const dailyLimit = 12;

/** Keeps how many visits each person has on each day. */
export class Diary {
	private readonly loads = new Map<string, number>();
	private readonly people: readonly Person[];

	constructor(people: readonly Person[]) {
		this.people = people.filter(({ patrols }) => patrols);
	}

	/** The person in post with most room for `visits` more on a day; undefined when nobody has room. */
	free(day: Day, visits: number): Person | undefined {
		let best: Person | undefined;
		let least = dailyLimit - visits + 1;
		for (const person of this.people) {
			const load = this.loads.get(`${day} ${person.id}`) ?? 0;
			if (load < least && isInPost(person, day)) [best, least] = [person, load];
		}
		return best;
	}

	/** The first on the roster, if not yet out on that day: the one who claims more than anybody can do. */
	tireless(day: Day): Person | undefined {
		const [first] = this.people;
		return first && isInPost(first, day) && !this.loads.has(`${day} ${first.id}`) ? first : undefined;
	}

	enter(day: Day, person: Person, visits: number): void {
		const at = `${day} ${person.id}`;
		this.loads.set(at, (this.loads.get(at) ?? 0) + visits);
	}
}

interface Stretch {
	readonly from: Day;
	readonly to: Day;
}

/** Domains that are visited again before holidays and at the start of school. */
const inCampaigns: ReadonlySet<string> = new Set(['food_safety', 'school_health', 'public_places']);
const campaignShare = 0.13;

/** The share of due premises that a township visits in a quarter. */
function coverageIn(township: Township, quarter: Quarter): number {
	if (isDeserted(township, quarter)) return 0.34;
	// The first quarter loses two weeks to the Spring Festival.
	return improved(township.habits.coverage, township.habits, quarter.place) - (quarter.period.index === 1 ? 0.02 : 0);
}

/** All visits to registered premises in a quarter, also those planned after today. */
export function visitsIn(
	township: Township,
	subjects: readonly Subject[],
	quarter: Quarter,
	diary: Diary,
	dice: Dice
): Visit[] {
	const coverage = coverageIn(township, quarter);
	const visits: Visit[] = [];
	const go = (group: readonly Subject[], stretch: Stretch, campaign = false): void => {
		const found = dayFor(township, quarter, group.length, stretch, diary, dice);
		if (!found) return;
		diary.enter(found.day, found.person, group.length);
		for (const subject of group)
			if (isOpen(subject, found.day)) visits.push({ subject, on: found.day, inspector: found.person, campaign });
	};

	const steady: Subject[] = [];
	const again: Subject[] = [];
	for (const subject of subjects) {
		const stretch = openStretch(subject, quarter);
		if (!stretch || !dice.chance(coverage)) continue;
		const whole = stretch.from === quarter.start && stretch.to === quarter.end;
		const times = domains[subject.domain].visitsPerQuarter;
		if (times > 1) for (const month of thirds(stretch)) go([subject], month);
		else if (whole) {
			steady.push(subject);
			if (inCampaigns.has(subject.domain) && dice.chance(campaignShare)) again.push(subject);
		} else go([subject], stretch);
	}
	if (township.trouble === 'tireless_inspector') visits.push(...claimed(steady, quarter, diary, dice));
	for (const group of rounds(steady, dice)) go(group, { from: quarter.start, to: quarter.end });
	for (const group of rounds(again, dice)) go(group, { from: quarter.start, to: addDays(quarter.end, -10) }, true);
	return visits;
}

/** The part of a quarter in which a premises can be visited: from a few days after it opened to before it closed. */
function openStretch({ openedOn, closedOn }: Subject, { start, end }: Quarter): Stretch | null {
	const from = openedOn !== null && openedOn > start ? addDays(openedOn, 3) : start;
	const to = closedOn !== null && closedOn <= end ? addDays(closedOn, -1) : end;
	return to - from < 9 ? null : { from, to };
}

/** A stretch in three, for premises that are visited monthly. */
function thirds({ from, to }: Stretch): Stretch[] {
	const length = Math.floor((to - from + 1) / 3);
	return [0, 1, 2].map((part) => ({ from: addDays(from, part * length), to: addDays(from, (part + 1) * length - 1) }));
}

/** Premises in rounds of four to eight, neighbours together. */
function rounds(subjects: readonly Subject[], dice: Dice): Subject[][] {
	const byVillage = new Map<string, Subject[]>();
	for (const subject of dice.shuffled(subjects)) {
		const neighbours = byVillage.get(subject.village);
		if (neighbours) neighbours.push(subject);
		else byVillage.set(subject.village, [subject]);
	}
	const groups: Subject[][] = [];
	for (const neighbours of byVillage.values())
		for (let at = 0; at < neighbours.length;) {
			const size = dice.between(4, 8);
			groups.push(neighbours.slice(at, at + size));
			at += size;
		}
	return dice.shuffled(groups);
}

/** Days of 18 to 26 visits by one person, two or three a quarter; takes their premises off the list. */
function claimed(steady: Subject[], quarter: Quarter, diary: Diary, dice: Dice): Visit[] {
	const visits: Visit[] = [];
	for (let times = dice.between(2, 3); times > 0; times--) {
		const day = dice.pick(quarter.workdays);
		const person = diary.tireless(day);
		if (!person || steady.length < 200) continue;
		const group = steady.splice(dice.below(steady.length - 30), dice.between(18, 26));
		diary.enter(day, person, group.length);
		visits.push(...group.map((subject) => ({ subject, on: day, inspector: person, campaign: false })));
	}
	return visits;
}

/** How much of a quarter's work the township with that trouble leaves to the last three days. */
const leftToTheLastDays = 0.42;

/** A day of a stretch on which somebody has room; null after a fair number of tries. */
function dayFor(
	{ trouble }: Township,
	quarter: Quarter,
	visits: number,
	{ from, to }: Stretch,
	diary: Diary,
	dice: Dice
): { day: Day; person: Person } | null {
	for (let tries = 0; tries < 40; tries++) {
		const bunched = trouble === 'bunched' && to === quarter.end && tries < 12 && dice.chance(leftToTheLastDays);
		// Weekends of the last days are worked where the work is late.
		const day = bunched ? addDays(quarter.end, -dice.below(3)) : nextWorkday(addDays(from, dice.below(to - from + 1)));
		if (day > to || day < from) continue;
		const person = diary.free(day, visits);
		if (person) return { day, person };
	}
	return null;
}
