/** Words of the scheme pages that several parts of them say. */
import type { SchemePart } from '#lib/messages/scheme-words.ts';
import * as m from '#lib/paraglide/messages.js';

const titles: Readonly<Record<SchemePart, () => string>> = {
	indicators: m.scheme_indicators,
	bonuses: m.scheme_bonuses,
	workItems: m.scheme_work_items,
	vetoes: m.scheme_vetoes,
	grades: m.scheme_grades,
	settings: m.scheme_settings
};

/** The title of a part of a scheme. */
export const partTitle = (part: SchemePart): string => titles[part]();

/** A version as a reader names it; the draft has no number yet. */
export const versionName = (version: string): string =>
	version === 'draft' ? m.differences_draft() : m.schemes_version({ version });
