/** The sentence that opens the overview: what a director could read out. */
import * as m from '../paraglide/messages.js';
import { periodName } from './period-name.ts';

interface Facts {
	/** The word for what is scored. */
	readonly unit: string;
	readonly units: number;
	readonly mean: string | null;
	readonly meanChange: string | null;
	readonly previous: string;
	readonly grades: readonly { readonly name: string; readonly count: number }[];
}

/** The mean, how it moved, and how many got each grade. */
export function overviewTitle({ unit, units, mean, meanChange, previous, grades }: Facts): string {
	const count = String(units);
	if (mean === null) return m.overview_title_none({ unit, units: count }) + m.overview_title_end();
	const facts = { unit, units: count, mean, previous: periodName(previous), change: meanChange?.slice(1) ?? '' };
	const opening =
		meanChange === null
			? m.overview_title(facts)
			: meanChange.startsWith('+')
				? m.overview_title_up(facts)
				: meanChange.startsWith('−')
					? m.overview_title_down(facts)
					: m.overview_title_same(facts);
	const named = grades.flatMap(({ count: having, name: grade }) =>
		having > 0 ? [m.overview_grade_count({ count: String(having), grade })] : []
	);
	return (
		opening +
		(named.length > 0 ? m.overview_title_grades({ grades: named.join(m.list_and()) }) : m.overview_title_end())
	);
}
