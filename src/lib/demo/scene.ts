/** The years that the invented data cover: twelve full quarters and the one that is running. */
import { type Day, calendar } from '../basis/day.ts';
import { endOf, type Period, periodAt, shift, startOf } from '../basis/period.ts';
import { workdaysBetween } from './workdays.ts';

/** How many full quarters come before the running one. */
export const fullQuarters = 12;
/** The quarter of the food scare: four quarters before the running one. */
const scarePlace = fullQuarters - 4;
/** The quarter in which one township lost its staff. */
const collapsePlace = 5;

export interface Quarter {
	readonly period: Period;
	readonly start: Day;
	readonly end: Day;
	/** 0 for the oldest, {@link fullQuarters} for the running one. */
	readonly place: number;
	/** Whether tainted food went round in it. */
	readonly scare: boolean;
	/** Whether it is the one in which the township with the trouble `staff_left` had hardly anyone. */
	readonly collapse: boolean;
	readonly workdays: readonly Day[];
}

/** What every part of the invented place is made from. */
export interface Scene {
	readonly seed: number;
	/** Nothing has happened after this day. */
	readonly today: Day;
	/** Oldest first. */
	readonly quarters: readonly Quarter[];
	/** The first day of the oldest quarter. */
	readonly start: Day;
}

/** The scene of a seed on a day. */
export function sceneOf(seed: number, today: Day): Scene {
	const { year, month } = calendar(today);
	const running = periodAt('quarter', year, month);
	const oldest = shift(running, -fullQuarters);
	const quarters = Array.from({ length: fullQuarters + 1 }, (_, place): Quarter => {
		const period = shift(oldest, place);
		const [start, end] = [startOf(period), endOf(period)];
		return {
			period,
			start,
			end,
			place,
			scare: place === scarePlace,
			collapse: place === collapsePlace,
			workdays: workdaysBetween(start, end)
		};
	});
	return { seed, today, quarters, start: startOf(oldest) };
}

/** A day that is known today; null for one that is still to come. */
export const known = (scene: Scene, day: Day | null): Day | null => (day !== null && day <= scene.today ? day : null);
