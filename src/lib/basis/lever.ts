/** 测算: the numbers of a scheme or plan that may be moved. Each has a path by which a link names it. */
import { compare, type Fraction, zero } from './fraction.ts';

/** A number as a reader moves it: points and counts as they are, a share of 1, an amount of money in yuan. */
export type LeverForm = 'points' | 'share' | 'count' | 'yuan';

/** A number that may be moved, between 0 and `most`; null where nothing bounds it. */
export interface Lever<Of> {
	readonly path: string;
	readonly value: Fraction;
	readonly form: LeverForm;
	readonly most: Fraction | null;
	/** What the number is in its scheme or plan. */
	readonly of: Of;
}

/** Gives a lever the value that it shall have; the very same object where it is not moved. */
export type Move<Of> = (lever: Lever<Of>) => Fraction;

/** The path of a lever: keys joined by dots, with what has a meaning in links written as `%` and its code. */
export const leverPath = (...keys: readonly string[]): string =>
	keys.map((key) => key.replace(/[%.:;]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)).join('.');

/** Whether a lever can have a value. */
export const within = ({ most, form }: Pick<Lever<unknown>, 'most' | 'form'>, value: Fraction): boolean =>
	compare(value, zero) >= 0 &&
	(most === null || compare(value, most) <= 0) &&
	(form !== 'count' || value.d === 1n) &&
	(form !== 'yuan' || 100n % value.d === 0n);
