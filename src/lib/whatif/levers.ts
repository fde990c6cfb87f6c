/** 测算: the levers in the groups in which a reader looks for them, and what a form without scripts sends for them. */
import { divide, parseDecimal, whole } from '../basis/fraction.ts';
import type { AnyLever } from './base.ts';
import { moved, readScenario, type Scenario, writeScenario } from './scenario.ts';

export const leverGroups = ['indicators', 'bonuses', 'grades', 'visits', 'money'] as const;
export type LeverGroup = (typeof leverGroups)[number];

export const groupOf = ({ of }: AnyLever): LeverGroup =>
	of.in === 'shares' || of.in === 'keep' || of.in === 'pool' ? 'money' : of.in;

/** The field of a lever in a form. */
const fieldOf = (path: string): string => `f.${path}`;

/** The value that a field was given, shares in percent; null where it is no number. */
export function valueEntered({ form }: Pick<AnyLever, 'form'>, text: string) {
	const value = parseDecimal(text.normalize('NFKC').replace(/[\s,]/g, ''));
	return value && form === 'share' ? divide(value, whole(100)) : value;
}

/** The scenario of a form's fields: those that differ from the rules in force. */
export function scenarioOfForm(fields: URLSearchParams, levers: readonly AnyLever[]): string {
	const values = new Map<string, NonNullable<ReturnType<typeof parseDecimal>>>();
	for (const lever of levers) {
		const value = valueEntered(lever, fields.get(fieldOf(lever.path)) ?? '');
		if (value) values.set(lever.path, value);
	}
	return writeScenario(moved(values, levers));
}

/** A scenario with one lever set anew; in force again where `value` is null. */
export function withLever(
	text: string,
	levers: readonly AnyLever[],
	path: string,
	value: ReturnType<typeof parseDecimal>
): string {
	const next = new Map<string, NonNullable<typeof value>>(readScenario(text, levers).scenario satisfies Scenario);
	if (value) next.set(path, value);
	else next.delete(path);
	return writeScenario(moved(next, levers));
}
