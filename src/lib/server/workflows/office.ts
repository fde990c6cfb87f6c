/** What pages and the command line share of the world: the home that is served, and the clock. */
import type { Actor } from '../../basis/codes.ts';
import { type Day, parseIsoDay } from '../../basis/day.ts';
import type { House } from '../warehouse/house.ts';

/** The clock comes in from outside, so that tests do not age. */
export interface Clock {
	/** The time as ISO text, for audit entries. */
	readonly now: () => string;
	/** The day in Shanghai. */
	readonly today: () => Day;
}

/** The served home. */
export interface Office {
	readonly house: House;
	readonly clock: Clock;
	/** Until there are accounts, whoever started the server acts on every page. */
	readonly actor: Actor;
}

const dayInShanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** The day that it is in Shanghai at a time given as ISO text. */
export const dayAt = (now: string): Day => parseIsoDay(dayInShanghai.format(new Date(now))) as Day;

/** The machine's clock; `today` stands still where a day is given. */
export const machineClock = (today: Day | null): Clock => {
	const now = (): string => new Date().toISOString();
	return { now, today: () => today ?? dayAt(now()) };
};
