import { inLocale, type Locale } from '#lib/basis/codes.ts';
import { isoDay, addDays } from '#lib/basis/day.ts';
import { endOf, periodId, periodsOfYear, parsePeriod } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { showShell } from '#lib/server/workflows/show-shell.ts';
import { knownPeriods, type Rules, rulesFor, shippedRules } from '#lib/server/workflows/see-periods.ts';
import type { LayoutServerLoad } from './$types';
import { type View, viewOf } from './looking.ts';

/** The shell stands also around a page that cannot be shown: then it looks through what a home has by itself. */
export const load: LayoutServerLoad = ({ url, locals }) =>
	locals.office.house.look(async (look) => {
		let view: View;
		try {
			view = await viewOf(look, { url, locals });
		} catch (problem) {
			if (!(problem instanceof Problem)) throw problem;
			const rules = usableRules(look.home, locals.locale);
			const known = await knownPeriods(look, rules, locals.office.clock.today());
			view = { rules, known, period: known.latest };
		}
		const { rules, known, period } = view;
		const year = period?.year ?? known.years.at(-1) ?? null;
		const choices =
			year === null
				? []
				: [
						...periodsOfYear(rules.scheme.frequency, year),
						...(rules.scheme.frequency === 'year' ? [] : [yearOf(year)])
					];
		return {
			locale: locals.locale,
			theme: locals.theme,
			...(await showShell(look)),
			period: period && periodId(period),
			year,
			years: known.years,
			choices: choices.map((choice) => ({ id: periodId(choice), state: known.stateOf(choice) })),
			cutoff: period && isoDay(addDays(endOf(period), rules.scheme.cutoffDays)),
			scheme: {
				id: rules.scheme.id,
				name: inLocale(rules.scheme.name, locals.locale),
				version: rules.scheme.version,
				unit: rules.scheme.unit,
				known: rules.known
			}
		};
	});

/** The rules of a home; those that Kaoji ships where its own cannot be read, so that they can be mended in a page. */
function usableRules(home: string, locale: Locale): Rules {
	try {
		return rulesFor(home, null, locale);
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		return shippedRules(locale);
	}
}

const yearOf = (year: number): NonNullable<View['period']> => parsePeriod(String(year)) as NonNullable<View['period']>;
