/** Schemes and plans ready for use: read, checked, and refused where they have an error. */
import { type Plan } from '../../allocation/plan.ts';
import { type ReadPlan, readPlan } from '../../allocation/read-plan.ts';
import type { Locale } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import { endOf, type Period, periodId, startOf } from '../../basis/period.ts';
import type { Finding, Tree } from '../../basis/tree.ts';
import { measures } from '../../measures/catalogue/index.ts';
import { daysByDefault } from '../../measures/compose.ts';
import { carriesClinics } from '../../measures/declare.ts';
import { findingText } from '../../messages/finding-text.ts';
import { type ReadScheme, readScheme } from '../../scoring/read-scheme.ts';
import type { KnownMeasure, Scheme, Vocabulary } from '../../scoring/scheme.ts';
import { fetchFrom, ownNames, readDomains, type Shelved } from './library.ts';

/** The scheme and the plan that are used where none is named and the home has none of its own. */
export const defaultScheme = 'xinbei-2025';
const defaultPlan = 'xinbei';

/** The bureau's own, the last by name where there are several: names with a year sort that way. */
const ownOrDefault = (shelf: 'schemes' | 'plans', home: string, fallback: string): string =>
	ownNames(shelf, home).at(-1) ?? fallback;

/** The scheme that is used where none is named. */
export const defaultSchemeOf = (home: string): string => ownOrDefault('schemes', home, defaultScheme);

/** The plan that is used where none is named. */
export const defaultPlanOf = (home: string): string => ownOrDefault('plans', home, defaultPlan);

/** The measures as a scheme may name them. */
const knownMeasures: readonly KnownMeasure[] = measures.map((measure) => {
	const parameters = Object.entries(measure.parameters);
	return {
		name: measure.name,
		parts: measure.parts,
		canBeEmpty: measure.canBe.empty,
		canBeMissing: measure.canBe.missing,
		parameters: parameters.map(([name]) => name),
		requiredParameters: parameters.filter(([, { required }]) => required).map(([name]) => name),
		choices: Object.fromEntries(
			parameters.flatMap(([name, { type }]) => (typeof type === 'object' ? [[name, type.choices] as const] : []))
		),
		byDomain: measure.byDomain,
		byClinic: carriesClinics(measure.base),
		windows: measure.windows,
		defaultDays: daysByDefault[measure.name] ?? null
	};
});

/** What schemes of a home may name. */
export const vocabularyOf = (home: string | null): Vocabulary => ({
	measures: knownMeasures,
	domains: readDomains(home).map(({ key }) => key)
});

/** Whether a document is a plan: it has tranches where a scheme has indicators. */
const isPlan = (tree: Tree): boolean => tree.type === 'map' && tree.entries.has('tranches');

/** Reads a scheme or a plan, whichever a file is, for the linter. */
export function lintDocument(name: string, home: string | null): { file: string; findings: readonly Finding[] } {
	let shelved: Shelved;
	try {
		shelved = fetchFrom('schemes', name, home);
	} catch (error) {
		if (!(error instanceof Problem) || error.code !== 'scheme_unknown') throw error;
		shelved = fetchFrom('plans', name, home);
	}
	const { file, tree } = shelved;
	return { file, findings: (isPlan(tree) ? readPlan(tree) : readScheme(tree, vocabularyOf(home))).findings };
}

function usable<T extends ReadScheme | ReadPlan>(
	read: T,
	code: 'scheme_invalid' | 'plan_invalid',
	file: string,
	locale: Locale
): T {
	const errors = read.findings.filter(({ level }) => level === 'error');
	const [first] = errors;
	if (!first) return read;
	throw new Problem(
		code,
		{ [code === 'scheme_invalid' ? 'scheme' : 'plan']: file, errors: errors.length, first: findingText(first, locale) },
		{ file, line: first.line }
	);
}

/**
 * Loads a scheme by `ID`, `ID@VERSION` or path.
 * @throws Problem `scheme_unknown`, `yaml_invalid`, `scheme_invalid`
 */
export function loadScheme(name: string, home: string | null, locale: Locale): Scheme {
	const [id = name, version] = /^[\w.-]+@[\w.-]+$/.test(name) ? name.split('@') : [name];
	const { file, tree } = fetchFrom('schemes', id, home);
	const { scheme } = usable(readScheme(tree, vocabularyOf(home)), 'scheme_invalid', file, locale);
	if (version !== undefined && scheme.version !== version)
		throw new Problem('scheme_unknown', { name, known: `${scheme.id}@${scheme.version}` });
	return scheme;
}

/**
 * Loads a plan by its id or path.
 * @throws Problem `plan_unknown`, `yaml_invalid`, `plan_invalid`
 */
export function loadPlan(name: string, home: string | null, locale: Locale): Plan {
	const { file, tree } = fetchFrom('plans', name, home);
	return usable(readPlan(tree), 'plan_invalid', file, locale).plan;
}

/** Whether a scheme is in force for a whole period. */
export const covers = ({ periods }: Scheme, period: Period): boolean =>
	(!periods.from || startOf(periods.from) <= startOf(period)) && (!periods.to || endOf(periods.to) >= endOf(period));

/**
 * Refuses a period for which a scheme is not in force. A year may begin before the scheme did: its earlier periods are
 * then absent from the annual score.
 * @throws Problem `period_not_covered`
 */
export function requireCovered(scheme: Scheme, period: Period): void {
	const { from, to } = scheme.periods;
	const overlaps = (!from || startOf(from) <= endOf(period)) && (!to || endOf(to) >= startOf(period));
	if (period.kind === 'year' && scheme.annual.method !== 'direct' ? overlaps : covers(scheme, period)) return;
	throw new Problem('period_not_covered', {
		scheme: scheme.id,
		period: periodId(period),
		from: from ? periodId(from) : '…',
		to: to ? periodId(to) : '…'
	});
}
