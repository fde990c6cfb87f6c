/** What the linter says of a text, also of one that is no YAML. */
import { Problem } from '#lib/basis/problem.ts';
import { findingText } from '#lib/messages/finding-text.ts';
import { problemText } from '#lib/messages/problem-text.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { readScheme } from '#lib/scoring/read-scheme.ts';
import type { Vocabulary } from '#lib/scoring/scheme.ts';
import { readYaml } from '#lib/yaml/read-yaml.ts';

export interface Mark {
	readonly level: 'error' | 'warning';
	readonly line: number;
	readonly message: string;
}

export function findingsIn(text: string, vocabulary: Vocabulary): Mark[] {
	const locale = getLocale();
	try {
		return readScheme(readYaml(text, ''), vocabulary).findings.map((finding) => ({
			level: finding.level,
			line: finding.line,
			message: findingText(finding, locale)
		}));
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		return [{ level: 'error', line: problem.where.line ?? 1, message: problemText(problem, locale) }];
	}
}
