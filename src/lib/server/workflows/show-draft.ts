/** 草案: a draft as it is edited: its form, its text, what the linter says, and what it changes. */
import type { Bilingual, Locale } from '../../basis/codes.ts';
import { calendar, type Day } from '../../basis/day.ts';
import { periodAt, periodId, shift } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { problemText } from '../../messages/problem-text.ts';
import { type Difference, differences, schemeInWords } from '../../messages/scheme-words.ts';
import { addableMeasures } from '../../messages/scheme-additions.ts';
import { type FormSection, formOf } from '../../messages/scheme-form.ts';
import type { Scheme, Vocabulary } from '../../scoring/scheme.ts';
import { sha256Of } from '../schemes/library.ts';
import { draftVocabulary } from '../schemes/load.ts';
import type { Look } from '../warehouse/house.ts';
import { readDraft } from './draft-scheme.ts';
import {
	domainNames,
	draftName,
	knownScheme,
	schemeDocument,
	type SchemeDocument,
	type ShownFinding,
	shownFindings
} from './show-scheme.ts';

/** Periods that are offered to begin with. */
const offeredPeriods = 4;

export interface ShownDraft {
	readonly id: string;
	readonly name: Bilingual;
	readonly version: string;
	readonly text: string;
	/** The digest of the text on which changes are made. */
	readonly base: string;
	readonly findings: readonly ShownFinding[];
	readonly usable: boolean;
	/** Null where the text is no YAML. */
	readonly sections: readonly FormSection[] | null;
	/** The measures of which an indicator can be added in the form. */
	readonly addable: ReturnType<typeof addableMeasures>;
	/** What it changes of the latest version; null where there is none. */
	readonly changes: { readonly version: string; readonly differences: readonly Difference[] } | null;
	/** Periods from which it may be in force, the draft's own first where it names one. */
	readonly from: readonly string[];
	/** For the linter beside the editor. */
	readonly vocabulary: Vocabulary;
}

/** The draft as a document; a text that is no YAML is told as a finding. */
function documentOf(home: string, id: string, locale: Locale): SchemeDocument | ShownFinding {
	try {
		return schemeDocument(home, id, draftName);
	} catch (problem) {
		if (!(problem instanceof Problem) || problem.code !== 'yaml_invalid') throw problem;
		return { level: 'error', line: problem.where.line ?? 1, message: problemText(problem, locale) };
	}
}

/**
 * What the form of a draft changes: its text, what that says, its fields. Null where it is no YAML.
 * @throws Problem `draft_unknown`
 */
export function draftInForm(
	home: string,
	id: string,
	locale: Locale
): { readonly text: string; readonly scheme: Scheme; readonly sections: readonly FormSection[] } | null {
	const text = readDraft(home, id);
	const document = documentOf(home, id, locale);
	if (!('scheme' in document)) return null;
	const { scheme, tree } = document;
	return { text, scheme, sections: formOf(tree, scheme, { domains: domainNames(home), locale }) };
}

/**
 * The draft.
 * @throws Problem `draft_unknown`
 */
export async function showDraft(
	look: Pick<Look, 'engine' | 'home'>,
	id: string,
	{ today, locale }: { readonly today: Day; readonly locale: Locale }
): Promise<ShownDraft> {
	const { home } = look;
	const text = readDraft(home, id);
	const listed = await knownScheme(look, id, today, locale);
	const document = documentOf(home, id, locale);
	const shared = { id, text, base: sha256Of(text) };
	const { year, month } = calendar(today);
	if (!('scheme' in document)) {
		const vocabulary = draftVocabulary(
			{ type: 'scalar', line: 1, text: null, number: null, boolean: null },
			text,
			home
		);
		const nothing = {
			name: listed.name,
			version: '',
			usable: false,
			sections: null,
			changes: null,
			from: [],
			addable: []
		};
		return { ...shared, ...nothing, findings: [document], vocabulary };
	}
	const { scheme, tree, findings, usable } = document;
	const speaking = { domains: domainNames(home), locale };
	const latest = listed.versions.at(-1)?.version;
	const own = scheme.periods.from && periodId(scheme.periods.from);
	const now = periodAt(scheme.frequency, year, month);
	const coming = Array.from({ length: offeredPeriods }, (_, i) => periodId(shift(now, i)));
	return {
		...shared,
		name: scheme.name,
		version: scheme.version,
		findings: shownFindings(findings, locale),
		usable,
		sections: formOf(tree, scheme, speaking),
		addable: addableMeasures(scheme, locale),
		changes: latest
			? {
					version: latest,
					differences: differences(
						schemeInWords(schemeDocument(home, id, latest).scheme, speaking),
						schemeInWords(scheme, speaking)
					)
				}
			: null,
		from: [...new Set([...(own ? [own] : []), ...coming.slice(1), ...coming.slice(0, 1)])],
		vocabulary: draftVocabulary(tree, text, home)
	};
}
