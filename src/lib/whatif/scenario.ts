/**
 * 测算方案 as a link carries it: the moved numbers by path, `coverage.points:30;grade.excellent:92;visits.drinking_water:2`.
 * What is not moved is not there, so that a link says what it is about.
 */
import { compare, type Fraction, parseDecimal, toExact } from '../basis/fraction.ts';
import { type Lever, within } from '../basis/lever.ts';

/** Moved numbers by path. */
export type Scenario = ReadonlyMap<string, Fraction>;

export const nothingMoved: Scenario = new Map();

/** A scenario as it was read against the levers that there are, and what could not be taken. */
export interface ReadScenario {
	readonly scenario: Scenario;
	/** Pieces that name no number, or a value that the number cannot have. */
	readonly refused: readonly string[];
}

/** Reads a scenario. The last of several values of one number counts. */
export function readScenario(text: string, levers: readonly Lever<unknown>[]): ReadScenario {
	const byPath = new Map(levers.map((lever) => [lever.path, lever]));
	const values = new Map<string, Fraction>();
	const refused: string[] = [];
	for (const piece of text.split(';').filter((one) => one.trim() !== '')) {
		const at = piece.lastIndexOf(':');
		const path = piece.slice(0, at).trim();
		const lever = byPath.get(path);
		const value = parseDecimal(piece.slice(at + 1).trim());
		if (lever && value && within(lever, value)) values.set(path, value);
		else refused.push(piece.trim());
	}
	return { scenario: moved(values, levers), refused };
}

/** What of some values differs from the numbers in force, in the order of the levers. */
export const moved = (values: Scenario, levers: readonly Lever<unknown>[]): Scenario =>
	new Map(
		levers.flatMap(({ path, value }) => {
			const next = values.get(path);
			return next && compare(next, value) !== 0 ? [[path, next] as const] : [];
		})
	);

/** Writes a scenario; empty where nothing is moved. */
export const writeScenario = (scenario: Scenario): string =>
	[...scenario].map(([path, value]) => `${path}:${toExact(value)}`).join(';');
