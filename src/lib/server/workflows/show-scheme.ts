/** 细则: a version or a draft of a scheme as it is read: in words, with the linter's findings and its source. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Bilingual, inLocale, type Locale } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import { toExact } from '../../basis/fraction.ts';
import { Problem } from '../../basis/problem.ts';
import type { Finding } from '../../basis/tree.ts';
import { findingText } from '../../messages/finding-text.ts';
import type { DomainNames } from '../../messages/measure-words.ts';
import {
	differences,
	type Difference,
	pointsTotal,
	type SchemeInWords,
	schemeInWords
} from '../../messages/scheme-words.ts';
import type { ListedScheme } from '../../reports/schemes.ts';
import { readScheme } from '../../scoring/read-scheme.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { documentAt, readDomains, shelfName, type ShelvedDocument } from '../schemes/library.ts';
import { draftVocabulary, vocabularyOf } from '../schemes/load.ts';
import { versionsOf } from '../schemes/versions.ts';
import type { Look } from '../warehouse/house.ts';
import { draftPath, listedScheme } from './list-schemes.ts';
import { publishedSchemes } from './published-schemes.ts';

/** What stands for the draft where a version is asked for. */
export const draftName = 'draft';

/** A finding in words. */
export interface ShownFinding {
	readonly level: Finding['level'];
	readonly line: number;
	readonly message: string;
}

/** A version or draft, read. */
export interface SchemeDocument extends ShelvedDocument {
	readonly file: string;
	readonly scheme: Scheme;
	readonly findings: readonly Finding[];
	readonly usable: boolean;
}

export interface ShownScheme {
	readonly listed: ListedScheme;
	readonly version: string;
	readonly name: Bilingual;
	readonly words: SchemeInWords;
	readonly total: string;
	readonly full: string;
	readonly findings: readonly ShownFinding[];
	readonly usable: boolean;
	readonly text: string;
	readonly file: string;
}

/** The names of the domains of a home. */
export const domainNames = (home: string): DomainNames =>
	Object.fromEntries(readDomains(home).map(({ key, name }) => [key, name]));

/** Findings in words. */
export const shownFindings = (findings: readonly Finding[], locale: Locale): ShownFinding[] =>
	findings.map((finding) => ({ level: finding.level, line: finding.line, message: findingText(finding, locale) }));

/**
 * A version of a scheme, or its draft.
 * @throws Problem `scheme_unknown`, `draft_unknown`, `yaml_invalid`
 */
export function schemeDocument(home: string, id: string, version: string): SchemeDocument {
	if (version === draftName) {
		const path = draftPath(home, id);
		if (!shelfName.test(id) || !existsSync(path)) throw new Problem('draft_unknown', { name: id });
		const document = documentAt(path);
		return {
			...document,
			file: basename(path),
			...readScheme(document.tree, draftVocabulary(document.tree, document.text, home))
		};
	}
	const versions = versionsOf(id, home);
	const found = versions.find((one) => one.version === version);
	if (!found)
		throw new Problem('scheme_unknown', {
			name: `${id}@${version}`,
			known: versions.map((one) => `${id}@${one.version}`).join(', ')
		});
	return { ...found, ...readScheme(found.tree, vocabularyOf(home)) };
}

/**
 * What a list says of a scheme that a home knows.
 * @throws Problem `scheme_unknown`
 */
export async function knownScheme(
	{ engine, home }: Pick<Look, 'engine' | 'home'>,
	id: string,
	today: Day,
	locale: Locale
): Promise<ListedScheme> {
	const listed = shelfName.test(id) ? listedScheme(home, id, await publishedSchemes(engine), today, locale) : null;
	if (!listed || (listed.versions.length === 0 && !listed.hasDraft && listed.problem === null))
		throw new Problem('scheme_unknown', { name: id, known: '—' });
	return listed;
}

/**
 * A version in words; without one the version in force, else the latest.
 * @throws Problem `scheme_unknown`, `yaml_invalid`
 */
export async function showScheme(
	look: Pick<Look, 'engine' | 'home'>,
	id: string,
	asked: string | null,
	{ today, locale }: { readonly today: Day; readonly locale: Locale }
): Promise<ShownScheme> {
	const listed = await knownScheme(look, id, today, locale);
	const version = asked ?? listed.inForce ?? listed.versions.at(-1)?.version ?? draftName;
	const { scheme, text, file, findings, usable } = schemeDocument(look.home, id, version);
	return {
		listed,
		version,
		name: scheme.name,
		words: schemeInWords(scheme, { domains: domainNames(look.home), locale }),
		total: pointsTotal(scheme),
		full: toExact(scheme.full),
		findings: shownFindings(findings, locale),
		usable,
		text,
		file
	};
}

export interface ShownDifferences {
	readonly name: string;
	readonly from: string;
	readonly to: string;
	readonly versions: readonly string[];
	readonly differences: readonly Difference[];
}

/**
 * What differs between two versions; without any asked for, between the last two, the draft counted.
 * @throws Problem `scheme_unknown`, `draft_unknown`, `yaml_invalid`
 */
export async function showDifferences(
	look: Pick<Look, 'engine' | 'home'>,
	id: string,
	asked: { readonly from: string | null; readonly to: string | null },
	{ today, locale }: { readonly today: Day; readonly locale: Locale }
): Promise<ShownDifferences> {
	const listed = await knownScheme(look, id, today, locale);
	const versions = [...listed.versions.map(({ version }) => version), ...(listed.hasDraft ? [draftName] : [])];
	const to = asked.to ?? versions.at(-1) ?? draftName;
	const from = asked.from ?? versions[versions.indexOf(to) - 1] ?? to;
	const speaking = { domains: domainNames(look.home), locale };
	const [before, after] = [from, to].map((version) => schemeDocument(look.home, id, version).scheme) as [
		Scheme,
		Scheme
	];
	return {
		name: inLocale(after.name, locale),
		from,
		to,
		versions,
		differences: differences(schemeInWords(before, speaking), schemeInWords(after, speaking))
	};
}
