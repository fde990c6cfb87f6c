/** Schemes and plans ready for use: read, checked, and refused where they have an error. */
import { type Plan } from '../../allocation/plan.ts';
import { type ReadPlan, readPlan } from '../../allocation/read-plan.ts';
import type { Locale } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import { type Period, periodId } from '../../basis/period.ts';
import type { Finding, Tree } from '../../basis/tree.ts';
import { measures } from '../../measures/catalogue/index.ts';
import { daysByDefault } from '../../measures/compose.ts';
import { carriesClinics } from '../../measures/declare.ts';
import { findingText } from '../../messages/finding-text.ts';
import { covers, mayScore, versionFor } from '../../scoring/family.ts';
import { type ReadScheme, readScheme } from '../../scoring/read-scheme.ts';
import type { KnownMeasure, Scheme, Vocabulary } from '../../scoring/scheme.ts';
import { fetchFrom, ownNames, readDomains, sha256Of, shelfNames, type Shelved, textAt } from './library.ts';
import { versionsOf } from './versions.ts';

export { covers };

/** The scheme and the plan that are used where none is named and the home has none of its own. */
export const defaultScheme = 'xinbei-2025';
const defaultPlan = 'xinbei';

/** The scheme that is used where none is named: the bureau's own, the last by name, as names with a year sort that way. */
export const defaultSchemeOf = (home: string): string => ownNames('schemes', home).at(-1) ?? defaultScheme;

/** The plans of a home that can be used for something, or cannot be read, which is then said where they are used. */
export const plansThat = (fits: (plan: Plan) => boolean, home: string, locale: Locale): string[] =>
	shelfNames('plans', home).filter((name) => {
		try {
			return fits(loadPlan(name, home, locale));
		} catch (error) {
			if (error instanceof Problem) return true;
			throw error;
		}
	});

/**
 * The plan that is used where none is named, among those that fit: the bureau's own, the last by name; where it has none,
 * the usual one, or the first that Kaoji ships. Null where none fits.
 */
export function defaultPlanAmong(fitting: readonly string[], home: string): string | null {
	const own = ownNames('plans', home).findLast((name) => fitting.includes(name));
	return own ?? (fitting.includes(defaultPlan) ? defaultPlan : (fitting[0] ?? null));
}

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

/** What a document may name that is no published version itself: it must not claim to be one of them. */
export function draftVocabulary(tree: Tree, text: string, home: string | null): Vocabulary {
	const id = textAt(tree, 'id') ?? '';
	const taken = versionsOf(id, home)
		.filter(({ origin, sha256 }) => origin === 'published' && sha256 !== sha256Of(text))
		.map(({ version }) => ({ id, version }));
	return { ...vocabularyOf(home), taken };
}

/** Whether a document is a plan: it has tranches where a scheme has indicators. */
const isPlan = (tree: Tree): boolean => tree.type === 'map' && tree.entries.has('tranches');

/** Reads a scheme or a plan, whichever a file is, for the linter. */
export function lintDocument(name: string, home: string | null): { file: string; findings: readonly Finding[] } {
	const [id = '', version] = versionName.test(name) ? name.split('@') : [name];
	const known = versionsOf(id, home).findLast((one) => version === undefined || one.version === version);
	if (known) return { file: known.file, findings: readScheme(known.tree, vocabularyOf(home)).findings };
	let shelved: Shelved;
	try {
		shelved = fetchFrom('schemes', name, home);
	} catch (error) {
		if (!(error instanceof Problem) || error.code !== 'scheme_unknown') throw error;
		shelved = fetchFrom('plans', name, home);
	}
	const { file, text, tree } = shelved;
	return {
		file,
		findings: (isPlan(tree) ? readPlan(tree) : readScheme(tree, draftVocabulary(tree, text, home))).findings
	};
}

/**
 * What was read, where nothing in it is an error.
 * @throws Problem `scheme_invalid` or `plan_invalid` with the first error and its line
 */
export function usable<T extends Pick<ReadScheme | ReadPlan, 'findings'>>(
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

/** `ID@VERSION`, with an id in any script. */
const versionName = /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*@[\p{L}\p{N}_.-]+$/u;

/** Whether a name asks for one version, whatever is in force. */
export const namesVersion = (name: string): boolean => versionName.test(name);

/** All versions of a scheme that can be used, the oldest first; each with the others beside it. */
function loadVersions(id: string, home: string | null, locale: Locale): Scheme[] {
	const vocabulary = vocabularyOf(home);
	const schemes = versionsOf(id, home).map(({ file, tree, version }) => {
		const { scheme } = usable(readScheme(tree, vocabulary), 'scheme_invalid', file, locale);
		// What a published file says of itself counts nothing against the name under which it was published.
		if (scheme.version !== version) throw new Problem('version_changed', { scheme: id, version }, { file });
		return scheme;
	});
	return schemes.map((scheme) => ({ ...scheme, otherVersions: schemes.filter((other) => other !== scheme) }));
}

/**
 * Loads a scheme by `ID`, `ID@VERSION` or path. `ID` is the version in force for a period, and the latest one where no
 * period is given or none is in force.
 * @throws Problem `scheme_unknown`, `yaml_invalid`, `scheme_invalid`, `version_twice`
 */
export function loadScheme(name: string, home: string | null, locale: Locale, period: Period | null = null): Scheme {
	const [id = name, version] = namesVersion(name) ? name.split('@') : [name];
	const versions = loadVersions(id, home, locale);
	const latest = versions.at(-1);
	if (!latest) {
		const { file, tree } = fetchFrom('schemes', name, home);
		return usable(readScheme(tree, vocabularyOf(home)), 'scheme_invalid', file, locale).scheme;
	}
	if (version === undefined) return (period && versionFor(latest, period)) ?? latest;
	const named = versions.find((scheme) => scheme.version === version);
	if (named) return named;
	throw new Problem('scheme_unknown', { name, known: versions.map((one) => `${id}@${one.version}`).join(', ') });
}

/**
 * Loads a plan by its id or path.
 * @throws Problem `plan_unknown`, `yaml_invalid`, `plan_invalid`
 */
export function loadPlan(name: string, home: string | null, locale: Locale): Plan {
	const { file, tree } = fetchFrom('plans', name, home);
	return usable(readPlan(tree), 'plan_invalid', file, locale).plan;
}

/**
 * Refuses a period for which this version is not in force; says which one is.
 * @throws Problem `period_not_covered`
 */
export function requireCovered(scheme: Scheme, period: Period): void {
	if (mayScore(scheme, period)) return;
	const { from, to } = scheme.periods;
	throw new Problem('period_not_covered', {
		scheme: scheme.id,
		version: scheme.version,
		period: periodId(period),
		from: from ? periodId(from) : '…',
		to: to ? periodId(to) : '…',
		inForce: versionFor(scheme, period)?.version ?? '—'
	});
}
