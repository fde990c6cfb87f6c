/** A scheme as a form for those who do not write YAML: its values with their names, and what is entered as edits. */
import { inLocale, type Locale } from '../basis/codes.ts';
import { decimal, divide, multiply, parseDecimal, toExact, whole } from '../basis/fraction.ts';
import type { Tree } from '../basis/tree.ts';
import { measureNamed } from '../measures/catalogue/index.ts';
import { daysByDefault } from '../measures/compose.ts';
import * as m from '../paraglide/messages.js';
import type { Indicator, Rule, Scheme } from '../scoring/scheme.ts';
import { type Speaking, indicatorSentence, bonusSentence, vetoSentence } from './indicator-words.ts';
import { choiceWord } from './measure-words.ts';
import { partName } from './rule-words.ts';

/** A value of a scheme: its place in the document, its name, and what may stand there. */
export interface FormField {
	/** The keys and places in the document that lead to it, each encoded, with `/` between. */
	readonly path: string;
	readonly label: string;
	/** A percentage is shown as 90 and written as 0.9; `checks` are words of which none means all. */
	readonly kind: 'number' | 'percent' | 'whole' | 'choice' | 'checks' | 'words' | 'text';
	readonly value: string;
	readonly optional: boolean;
	readonly choices: readonly { readonly value: string; readonly label: string }[];
	/** What holds where nothing is entered. */
	readonly hint: string;
}

export interface FormSection {
	readonly key: string;
	readonly part: 'indicators' | 'bonuses' | 'vetoes' | 'grades' | 'settings';
	/** Its place in its part, by which it can be taken away; null where it cannot. */
	readonly place: number | null;
	readonly title: string;
	/** What it says as it stands. */
	readonly sentence: string;
	readonly fields: readonly FormField[];
}

/** A change of the document, as the YAML editor takes it. */
export interface FormEdit {
	readonly path: readonly (string | number)[];
	readonly value: string | readonly string[] | null;
	readonly words: boolean;
}

type Path = readonly (string | number)[];

function nodeAt(tree: Tree | undefined, path: Path): Tree | undefined {
	const [first, ...rest] = path;
	if (first === undefined || !tree) return tree;
	const next =
		tree.type === 'map'
			? tree.entries.get(String(first))?.value
			: tree.type === 'list' && typeof first === 'number'
				? tree.items[first]
				: undefined;
	return nodeAt(next, rest);
}

const pathText = (path: Path): string => path.map((part) => encodeURIComponent(String(part))).join('/');
const pathOf = (text: string): Path =>
	text.split('/').map((part) => (/^\d+$/.test(part) ? Number(part) : decodeURIComponent(part)));

interface Making {
	readonly tree: Tree;
	readonly speaking: Speaking;
}

type Asked = Pick<FormField, 'kind'> & Partial<Pick<FormField, 'optional' | 'choices' | 'hint'>>;

function shownValue(node: Tree | undefined, kind: FormField['kind']): string {
	if (node?.type === 'list')
		return node.items.flatMap((item) => (item.type === 'scalar' && item.text !== null ? [item.text] : [])).join('、');
	if (node?.type !== 'scalar' || node.text === null) return '';
	return kind === 'percent' && node.number ? toExact(multiply(node.number, whole(100))) : node.text;
}

function field({ tree }: Making, path: Path, label: string, asked: Asked): FormField {
	const value = shownValue(nodeAt(tree, path), asked.kind);
	return { optional: false, choices: [], hint: '', ...asked, path: pathText(path), label, value };
}

/** A value, or one for each kind of township where the document has a table. */
function byKind(making: Making, path: Path, label: string, asked: Asked): FormField[] {
	const node = nodeAt(making.tree, path);
	if (node?.type !== 'map') return [field(making, path, label, asked)];
	const { locale } = making.speaking;
	return [...node.entries.keys()].map((kind) => {
		const name = kind === 'default' ? m.scheme_form_others({}, { locale }) : kind;
		return field(making, [...path, kind], m.sw_measure({ measure: label, details: name }, { locale }), asked);
	});
}

const number: Asked = { kind: 'number' };
const percent: Asked = { kind: 'percent' };

function ruleFields(making: Making, path: Path, rule: Rule): FormField[] {
	const options = { locale: making.speaking.locale };
	const at = (...keys: (string | number)[]): Path => [...path, 'rule', ...keys];
	const cap = field(making, at('cap'), m.scheme_form_cap({}, options), {
		...number,
		optional: true,
		hint: m.sw_no_cap({}, options)
	});
	const target = (): FormField[] => byKind(making, at('target'), m.scheme_form_target({}, options), percent);
	switch (rule.kind) {
		case 'proportional':
			return target();
		case 'inverse':
			return [
				field(making, at('best'), m.scheme_form_best({}, options), percent),
				field(making, at('worst'), m.scheme_form_worst({}, options), percent)
			];
		case 'banded':
			return rule.bands.flatMap((_, i) => [
				field(making, at('bands', i, 'at_least'), m.scheme_form_band({ place: String(i + 1) }, options), percent),
				field(making, at('bands', i, 'points'), m.scheme_form_band_points({ place: String(i + 1) }, options), number)
			]);
		case 'deduct':
			return [
				...Object.keys(rule.minus).map((name) =>
					field(
						making,
						at('minus', name),
						m.scheme_form_minus({ part: partName(name, options.locale) }, options),
						number
					)
				),
				cap
			];
		case 'shortfall':
			return [
				...target(),
				field(making, at('per'), m.scheme_form_per({}, options), percent),
				field(making, at('minus'), m.scheme_form_minus_per({}, options), number),
				cap
			];
		case 'count':
			return [field(making, at('each'), m.scheme_form_each({}, options), number)];
		case 'mark':
			return [];
		case 'bonus':
			return [
				field(making, at('each'), m.scheme_form_each({}, options), number),
				field(making, at('above'), m.scheme_form_above({}, options), { ...number, optional: true, hint: '0' })
			];
	}
}

function measureFields(making: Making, path: Path, { measure }: Pick<Indicator, 'measure'>): FormField[] {
	const { domains, locale } = making.speaking;
	const options = { locale };
	const known = measureNamed(measure.name);
	if (!known) return [];
	const at = (key: string): Path => [...path, 'measure', key];
	const days = daysByDefault[measure.name];
	return [
		...('within_days' in known.parameters
			? [
					field(making, at('within_days'), m.scheme_form_within_days({}, options), {
						kind: 'whole',
						optional: true,
						hint: days === undefined ? '' : String(days)
					})
				]
			: []),
		...('required' in known.parameters
			? byKind(making, at('required'), m.scheme_form_required({}, options), {
					kind: 'whole',
					optional: !known.parameters['required']?.required
				})
			: []),
		...(known.byDomain
			? [
					field(making, at('domains'), m.scheme_form_domains({}, options), {
						kind: 'checks',
						optional: true,
						choices: Object.entries(domains).map(([value, name]) => ({ value, label: inLocale(name, locale) }))
					})
				]
			: [])
	];
}

function policyFields(making: Making, path: Path, { measure, empty, missing }: Indicator): FormField[] {
	const options = { locale: making.speaking.locale };
	const canBe = measureNamed(measure.name)?.canBe;
	const words = {
		full: m.sw_policy_full({}, options),
		zero: m.sw_policy_zero({}, options),
		excluded: m.sw_policy_excluded({}, options),
		pending: m.sw_policy_pending({}, options)
	};
	const choices = Object.entries(words).map(([value, label]) => ({ value, label }));
	const chosen = (key: 'empty' | 'missing', label: string, value: string, offered: typeof choices): FormField => ({
		...field(making, [...path, key], label, { kind: 'choice', choices: offered }),
		value
	});
	return [
		...(canBe?.empty ? [chosen('empty', m.scheme_form_empty({}, options), empty, choices.slice(0, 3))] : []),
		...(canBe?.missing ? [chosen('missing', m.scheme_form_missing({}, options), missing, choices)] : []),
		field(making, [...path, 'applies_to', 'kind'], m.scheme_form_applies({}, options), {
			kind: 'words',
			optional: true,
			hint: m.scheme_form_applies_all({}, options)
		})
	];
}

/** All sections of the form, in the order of the scheme. */
export function formOf(tree: Tree, scheme: Scheme, speaking: Speaking): FormSection[] {
	const making = { tree, speaking };
	const { locale } = speaking;
	const options = { locale };
	const points = (path: Path): FormField[] =>
		byKind(making, [...path, 'points'], m.scheme_column_points({}, options), number);
	return [
		...scheme.indicators.map((indicator, i): FormSection => {
			const path = ['indicators', i];
			return {
				key: indicator.key,
				part: 'indicators',
				place: i,
				title: inLocale(indicator.name, locale),
				sentence: indicatorSentence(indicator, scheme, speaking),
				fields: [
					...points(path),
					...ruleFields(making, path, indicator.rule),
					...measureFields(making, path, indicator),
					...policyFields(making, path, indicator)
				]
			};
		}),
		...scheme.bonuses.map((bonus, i): FormSection => {
			const path = ['bonuses', i];
			return {
				key: bonus.key,
				part: 'bonuses',
				place: i,
				title: inLocale(bonus.name, locale),
				sentence: bonusSentence(bonus, speaking),
				fields: [...points(path), ...ruleFields(making, path, bonus.rule), ...measureFields(making, path, bonus)]
			};
		}),
		...scheme.vetoes.map((veto, i): FormSection => ({
			key: veto.key,
			part: 'vetoes',
			place: i,
			title: inLocale(veto.name, locale),
			sentence: vetoSentence(veto, scheme, speaking),
			fields: [field(making, ['vetoes', i, 'at_least'], m.scheme_form_veto_at({}, options), number)]
		})),
		{
			key: 'grades',
			part: 'grades',
			place: null,
			title: m.scheme_grades({}, options),
			sentence: '',
			fields: scheme.grades.map(({ name }, i) =>
				field(
					making,
					['grades', i, 'at_least'],
					m.scheme_form_grade({ grade: inLocale(name, locale) }, options),
					number
				)
			)
		},
		settingsSection(making, scheme)
	];
}

function settingsSection(making: Making, scheme: Scheme): FormSection {
	const { domains, locale } = making.speaking;
	const options = { locale };
	const count = (path: Path, label: string, hint: string): FormField =>
		field(making, path, label, { kind: 'whole', optional: true, hint });
	const weights = scheme.annual.method === 'weights' ? Object.keys(scheme.annual.weights) : [];
	return {
		key: 'settings',
		part: 'settings',
		place: null,
		title: m.scheme_settings({}, options),
		sentence: '',
		fields: [
			field(making, ['full'], m.sw_set_full({}, options), { ...number, optional: true, hint: '100' }),
			count(['cutoff_days'], m.scheme_form_cutoff({}, options), '5'),
			count(['grace_days'], m.scheme_form_grace({}, options), '0'),
			...(scheme.forms.monthly ? [count(['forms', 'monthly_day'], m.scheme_form_monthly_day({}, options), '19')] : []),
			...weights.map((key) =>
				field(making, ['annual', 'weights', key], m.scheme_form_weight({ period: key }, options), percent)
			),
			...Object.keys(scheme.visitsPerQuarter).map((key) => {
				const domain = domains[key];
				const label = m.scheme_form_visits({ domain: domain ? inLocale(domain, locale) : key }, options);
				return count(['visits_per_quarter', key], label, '1');
			}),
			...Object.keys(scheme.workload).map((key) =>
				field(making, ['workload', key], m.scheme_form_workload({ work: workWord(key, locale) }, options), number)
			)
		]
	};
}

const workWord = (key: string, locale: Locale): string =>
	key === 'patrol'
		? m.sw_work_patrol({}, { locale })
		: key === 'clue'
			? m.sw_work_clue({}, { locale })
			: choiceWord('activity', 'type', key, locale);

/** What was entered: the edits that it means, and the fields in which it means nothing. */
export interface Entered {
	readonly edits: readonly FormEdit[];
	/** The paths of fields whose text cannot be taken. */
	readonly wrong: readonly string[];
}

const written = ({ kind }: FormField, text: string): string | readonly string[] | null => {
	if (kind === 'words' || kind === 'checks') return text.split(/[、,，;；\s]+/).filter((word) => word !== '');
	if (kind === 'choice' || kind === 'text') return text;
	const value = parseDecimal(text.normalize('NFKC').replaceAll(/[\s,%]/g, ''));
	if (!value || (kind === 'whole' && (value.d !== 1n || value.n < 0n))) return null;
	return toExact(kind === 'percent' ? divide(value, decimal('100')) : value);
};

/**
 * Reads what was entered.
 * @param given the text of a field; null where the form did not send it
 */
export function editsOf(sections: readonly FormSection[], given: (field: FormField) => string | null): Entered {
	const edits: FormEdit[] = [];
	const wrong: string[] = [];
	for (const one of sections.flatMap(({ fields }) => fields)) {
		const text = given(one)?.trim() ?? null;
		if (text === null || text === one.value) continue;
		const path = pathOf(one.path);
		const value = text === '' ? null : written(one, text);
		const isKnown = one.kind !== 'choice' || one.choices.some((choice) => choice.value === text);
		if ((text !== '' && value === null) || (text === '' && !one.optional) || !isKnown) wrong.push(one.path);
		else edits.push({ path, value, words: one.kind === 'text' || one.kind === 'words' });
	}
	return { edits, wrong };
}
