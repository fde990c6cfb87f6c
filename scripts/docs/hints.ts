/** The plausibility hints of docs/rules.md with their thresholds. */
import { hintKinds, thresholds } from '#lib/trends/plausibility.ts';
import { code, table } from './markdown.ts';

type Messages = Readonly<Record<string, string>>;

/** What a hint is raised from on, as its thresholds have it. */
function raisedFrom(kind: (typeof hintKinds)[number]): string {
	if (kind === 'few_problems') return 'below the 99.8 % funnel limit';
	const { atLeast, percent, bound } = thresholds[kind];
	const others = Object.entries(bound).map(([name, value]) => `${name} ${value}`);
	return [`${atLeast} ${atLeast === 1 ? 'row' : 'rows'}`, ...(percent > 0 ? [`${percent} %`] : []), ...others].join(
		', '
	);
}

/** @param zh what the hints say in Chinese, by key, and `en` in English; their numbers are left open */
export const hintLines = (zh: Messages, en: Messages): string[] =>
	table(
		['hint', 'raised from', 'says', '提示'],
		hintKinds.map((kind) => [
			code(kind),
			raisedFrom(kind),
			...[en, zh].map((texts) => (texts[`hint_${kind}`] ?? '').replace(/\{\w+\}/g, '…'))
		])
	);
