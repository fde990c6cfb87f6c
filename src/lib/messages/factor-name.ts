/** The factors of a plan's weights as a reader says them. */
import * as m from '../paraglide/messages.js';

const known: Readonly<Record<string, () => string>> = {
	score: m.funds_factor_score,
	population: m.funds_factor_population,
	workload: m.funds_factor_workload,
	equal: m.funds_factor_equal,
	grade: m.funds_factor_grade,
	points: m.funds_factor_points,
	per_head: m.funds_factor_per_head
};

/** A factor's name; a table of the plan's own has the name that the plan gives it. */
export const factorName = (name: string): string => known[name]?.() ?? name;
