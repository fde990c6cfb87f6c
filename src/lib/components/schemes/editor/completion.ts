/** What may stand where the cursor is: keys, measures, domains, parts and kinds of rule. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Vocabulary } from '#lib/scoring/scheme.ts';

const rules = ['proportional', 'inverse', 'banded', 'deduct', 'shortfall', 'count', 'mark', 'bonus'];
/** Values by the key before them. */
const values: Readonly<Record<string, readonly string[]>> = {
	kind: rules,
	empty: ['full', 'zero', 'excluded'],
	missing: ['full', 'zero', 'excluded', 'pending'],
	window: ['period', 'year_to_date', 'each_month'],
	steps: ['exact', 'up', 'down'],
	frequency: ['quarter', 'half', 'year'],
	rank_within: ['all', 'kind', 'township'],
	unit: ['township', 'clinic'],
	roll: ['none', 'next_business_day'],
	rollup: ['pooled', 'mean'],
	method: ['mean', 'direct', 'weights'],
	of: ['quarter', 'half', 'year'],
	role: ['coordinator', 'informant'],
	certified: ['true', 'false'],
	monthly: ['true', 'false'],
	quarterly: ['true', 'false']
};
const topKeys =
	'id version format name source periods unit frequency cutoff_days grace_days forms roll visits_per_quarter full max headings indicators bonuses vetoes work_items grades annual rank_within rollup second_person flags workload'.split(
		' '
	);
const innerKeys =
	'key name group points measure rule empty missing applies_to target best worst bands at_least minus cap per steps each part above kind codes domains window within_days type role certified required indicator effect grade score from to zh en monthly_day monthly quarterly method weights year_starts consecutive of default credit criteria per'.split(
		' '
	);

const options = (labels: readonly string[], type: string, after = ''): Completion[] =>
	labels.map((label) => ({ label, type, apply: label + after }));

/** The words that fit what stands on the line before the cursor. */
export function fitting(before: string, vocabulary: Vocabulary): Completion[] {
	const word = /[\w]*$/.exec(before)?.[0] ?? '';
	const ahead = before.slice(0, before.length - word.length);
	if (/\bdomains:\s*\[[^\]]*$/.test(ahead) || /\bvisits_per_quarter:\s*\{[^}]*$/.test(ahead))
		return options(vocabulary.domains, 'enum');
	if (/\bmeasure:\s*\{[^}]*\bname:\s*$/.test(ahead) || /^\s+name:\s*$/.test(ahead))
		return options(
			vocabulary.measures.map(({ name }) => name),
			'function'
		);
	if (/\bminus:\s*\{(?:[^}]*,)?\s*$/.test(ahead) || /\bpart:\s*$/.test(ahead)) {
		const parts = new Set(['n', 'd', 'short', ...vocabulary.measures.flatMap(({ parts: own }) => own)]);
		return options([...parts], 'property', /\bpart:\s*$/.test(ahead) ? '' : ': ');
	}
	const key = /([\w]+):\s*$/.exec(ahead)?.[1];
	if (key !== undefined) return options(values[key] ?? [], 'enum');
	if (/^$/.test(ahead)) return options(topKeys, 'keyword', ': ');
	return /(?:^[\s-]*|[{,]\s*)$/.test(ahead) ? options(innerKeys, 'keyword', ': ') : [];
}

/** The source of completions for a vocabulary. */
export const completionOf =
	(vocabulary: Vocabulary) =>
	(context: CompletionContext): CompletionResult | null => {
		const line = context.state.doc.lineAt(context.pos);
		const before = line.text.slice(0, context.pos - line.from);
		const word = context.matchBefore(/\w*/);
		if (!word || (word.from === word.to && !context.explicit)) return null;
		const found = fitting(before, vocabulary);
		return found.length === 0 ? null : { from: word.from, options: found, validFor: /^\w*$/ };
	};
