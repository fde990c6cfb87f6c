/** The catalogue of measures, for docs/rules.md. */
import { daysByDefault } from '#lib/measures/compose.ts';
import type { Measure, Parameter } from '#lib/measures/declare.ts';
import { code, list, table } from './markdown.ts';

function parameterOf(measure: Measure, name: string, { type, required }: Parameter): string {
	const choices = typeof type === 'object' ? ` (${type.choices.join(', ')})` : '';
	const days = type === 'days' && daysByDefault[measure.name] !== undefined ? ` (${daysByDefault[measure.name]})` : '';
	return `${code(name)}${required ? '\\*' : ''}${choices}${days}`;
}

const parametersOf = (measure: Measure): string => {
	const own = Object.entries(measure.parameters).map(([name, parameter]) => parameterOf(measure, name, parameter));
	return [...(measure.byDomain ? [code('domains')] : []), ...own].join(', ') || '—';
};

const basesOf = (measure: Measure): string =>
	list([measure.base, ...(measure.otherBases ?? []).map(({ base }) => base)]);

const statesOf = ({ canBe }: Measure): string =>
	[...(canBe.empty ? ['empty'] : []), ...(canBe.missing ? ['missing'] : [])].join(', ') || '—';

/** One line a measure. */
export const measureLines = (measures: readonly Measure[]): string[] =>
	table(
		['measure', '指标口径', 'base', 'parameters', 'parts', 'can be', 'windows', 'by month'],
		measures.map((measure) => [
			code(measure.name),
			measure.label.zh,
			basesOf(measure),
			parametersOf(measure),
			list(measure.parts),
			statesOf(measure),
			list(measure.windows),
			measure.monthly ? 'yes' : ''
		])
	);
