/** What the form of a scheme adds and takes away: an indicator of a measure, by its usual rule; items that are ticked. */
import { inLocale, type Locale } from '../basis/codes.ts';
import { compare, parseDecimal, toExact, zero } from '../basis/fraction.ts';
import { measureNamed, measures } from '../measures/catalogue/index.ts';
import { carriesClinics, type Measure, type ParameterType } from '../measures/declare.ts';
import type { Scheme } from '../scoring/scheme.ts';
import type { Entered, FormEdit, FormSection } from './scheme-form.ts';

/**
 * How an indicator of a measure is usually scored. What is scored one way here and another there, or needs words that only
 * its bureau knows (which activity, which figure), is left to the YAML.
 */
const usualRule = ({ name, parameters }: Measure): string | null => {
	if (name === 'workload' || name === 'problem_rate') return null;
	if (Object.values(parameters).some(({ required, type }) => required && !isCount(type))) return null;
	return name === 'mark' || name === 'deductions' ? '{ kind: mark }' : '{ kind: proportional, target: 1 }';
};

const isCount = (type: ParameterType): boolean => type === 'count' || type === 'count_by_kind' || type === 'days';

/** The measures of which an indicator can be added, in the order of the catalogue. */
export const addableMeasures = (
	{ unit }: Pick<Scheme, 'unit'>,
	locale: Locale
): { readonly value: string; readonly label: string }[] =>
	measures
		.filter((measure) => usualRule(measure) !== null && (unit === 'township' || carriesClinics(measure.base)))
		.map(({ name, label }) => ({ value: name, label: inLocale(label, locale) }));

/** The fields of an indicator to be added, as the form names them. */
export const newFields = { measure: 'new.measure', name: 'new.name', points: 'new.points' } as const;

/** Whether an indicator is called so already: two of one name cannot be told apart on a sheet. */
const hasName = ({ indicators }: Scheme, wanted: string): boolean => indicators.some(({ name }) => name.zh === wanted);

/** The key of a new indicator: its measure's name, with a number where that is taken. */
function freeKey({ indicators, bonuses, vetoes }: Scheme, name: string): string {
	const taken = new Set([...indicators, ...bonuses, ...vetoes].map(({ key }) => key));
	for (let i = 1; ; i++) {
		const key = i === 1 ? name : `${name}_${i}`;
		if (!taken.has(key)) return key;
	}
}

/**
 * Reads the indicator that is to be added; nothing where none of its fields is filled in.
 * @param given the text of a field; null where the form did not send it
 */
export function additionOf(scheme: Scheme, given: (name: string) => string | null): Entered {
	const text = (name: string): string => (given(name) ?? '').trim();
	const [chosen, name, entered] = [newFields.measure, newFields.name, newFields.points].map(text) as [
		string,
		string,
		string
	];
	if (chosen === '' && name === '' && entered === '') return { edits: [], wrong: [] };
	const measure = addableMeasures(scheme, 'zh').some(({ value }) => value === chosen)
		? measureNamed(chosen)
		: undefined;
	const points = parseDecimal(entered.normalize('NFKC'));
	const wrong = [
		...(measure ? [] : [newFields.measure]),
		...(name === '' || hasName(scheme, name) ? [newFields.name] : []),
		...(points && compare(points, zero) > 0 ? [] : [newFields.points])
	];
	if (wrong.length > 0 || !measure || !points) return { edits: [], wrong };
	const key = freeKey(scheme, measure.name);
	const parameters = Object.entries(measure.parameters)
		.filter(([, { required }]) => required)
		.map(([parameter]) => `, ${parameter}: 1`);
	const value = [
		`key: ${key}`,
		// JSON is YAML, whatever stands in a name.
		`name: { zh: ${JSON.stringify(name)} }`,
		`points: ${toExact(points)}`,
		`measure: { name: ${measure.name}${parameters.join('')} }`,
		`rule: ${usualRule(measure) ?? ''}`,
		...(measure.canBe.empty ? ['empty: excluded'] : [])
	].join('\n');
	return { edits: [{ path: ['indicators', scheme.indicators.length], value, words: false }], wrong: [] };
}

/** The places of items as the form has them: `indicators/3`. */
export const placeText = (part: FormSection['part'], place: number): string => `${part}/${place}`;

/** What takes the ticked items away, from the last to the first, so that each still stands where it was. */
export function removalsOf(sections: readonly FormSection[], ticked: readonly string[]): FormEdit[] {
	return sections
		.flatMap(({ part, place }): FormEdit[] =>
			place !== null && ticked.includes(placeText(part, place))
				? [{ path: [part, place], value: null, words: false }]
				: []
		)
		.reverse();
}
