/** What would bring a unit further, in sentences (rules.md, 8). */
import { inLocale, type Locale } from '../basis/codes.ts';
import { toExact, toFixed } from '../basis/fraction.ts';
import * as messages from '../paraglide/messages.js';
import type { NextGoals, Step } from '../scoring/next-step.ts';
import type { Scheme } from '../scoring/scheme.ts';
import { partName } from './rule-words.ts';

/** Steps of one goal that are told; the others need more rows. */
const told = 3;

function stepWords(scheme: Scheme, { indicator, part, direction, rows, from, to }: Step, locale: Locale): string {
	const options = { locale };
	const owner = [...scheme.indicators, ...scheme.bonuses].find(({ key }) => key === indicator);
	const inputs = {
		name: owner ? inLocale(owner.name, locale) : indicator,
		part: partName(part, locale),
		rows: String(rows),
		from: toFixed(from, 2),
		to: toFixed(to, 2)
	};
	return direction === 'more' ? messages.step_more(inputs, options) : messages.step_fewer(inputs, options);
}

/** Points that are lacking, never shown as nothing where something lacks. */
const lackingText = (lacking: { readonly n: bigint; readonly d: bigint }): string => {
	const text = toFixed(lacking, 2);
	return text === '0.00' ? toExact(lacking) : text;
};

/** The smallest change of one indicator that brings more points; null where none does. */
export function pointsWords(scheme: Scheme, steps: readonly Step[], indicator: string, locale: Locale): string | null {
	const step = steps.find((one) => one.indicator === indicator);
	return step ? stepWords(scheme, step, locale) : null;
}

/** What the next grade and the next rank need. */
export function goalWords(scheme: Scheme, { grade, rank }: NextGoals, locale: Locale): string[] {
	const options = { locale };
	const list = (steps: readonly Step[]): string =>
		steps.length === 0
			? messages.steps_not_one({}, options)
			: steps
					.slice(0, told)
					.map((step) => stepWords(scheme, step, locale))
					.join(messages.steps_or({}, options));
	const sentences: string[] = [];
	if (grade) {
		const name = scheme.grades.find(({ key }) => key === grade.key)?.name ?? { zh: grade.key };
		sentences.push(
			messages.steps_to_grade(
				{
					grade: inLocale(name, locale),
					at: toExact(grade.at),
					lacking: lackingText(grade.lacking),
					steps: list(grade.steps)
				},
				options
			)
		);
	}
	if (rank)
		sentences.push(
			messages.steps_to_rank(
				{ name: rank.name, rank: String(rank.rank), lacking: lackingText(rank.lacking), steps: list(rank.steps) },
				options
			)
		);
	return sentences;
}
