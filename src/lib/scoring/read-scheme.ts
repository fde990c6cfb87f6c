/** Reads a scheme from its tree. Whatever is wrong becomes a finding with its line; nothing is guessed. */
import { type ByKind, mapByKind } from '../basis/by-kind.ts';
import { dayOf } from '../basis/day.ts';
import { decimal, type Fraction, zero } from '../basis/fraction.ts';
import { parsePeriod, type Period } from '../basis/period.ts';
import { Findings, Reader, wholeNumber } from '../basis/read-node.ts';
import type { Finding, Tree } from '../basis/tree.ts';
import { inPresentFormat } from './formats.ts';
import { lintScheme } from './lint.ts';
import type {
	Bonus,
	Flag,
	Heading,
	Indicator,
	KnownMeasure,
	MeasureUse,
	Policy,
	Rule,
	Scheme,
	Veto,
	Vocabulary
} from './scheme.ts';

/** A scheme that was read, and all findings; with an error among them it must not be used. */
export interface ReadScheme {
	readonly scheme: Scheme;
	readonly findings: readonly Finding[];
	readonly usable: boolean;
}

/** Reads and checks a scheme. */
export function readScheme(tree: Tree, vocabulary: Vocabulary): ReadScheme {
	const findings = new Findings();
	const reader = new Reader(inPresentFormat(tree, findings), findings);
	const scheme = schemeFrom(reader, vocabulary);
	reader.close();
	lintScheme(scheme, vocabulary, findings, reader);
	const list = [...findings.list].sort((a, b) => a.line - b.line || (a.level < b.level ? -1 : 1));
	return { scheme, findings: list, usable: !findings.hasErrors };
}

function schemeFrom(reader: Reader, vocabulary: Vocabulary): Scheme {
	const full = reader.number('full') ?? decimal('100');
	const periods = reader.map('periods');
	const forms = reader.map('forms');
	const unit = reader.oneOf('unit', ['township', 'clinic'], 'township');
	const scheme: Scheme = {
		id: reader.requiredText('id'),
		version: reader.text('version') ?? '1',
		name: reader.name('name', reader.text('id') ?? ''),
		source: reader.text('source') ?? '',
		periods: { from: periodIn(periods, 'from'), to: periodIn(periods, 'to') },
		unit,
		frequency: reader.oneOf('frequency', ['quarter', 'half', 'year'], 'quarter'),
		cutoffDays: reader.count('cutoff_days') ?? 5,
		graceDays: reader.count('grace_days') ?? 0,
		secondPerson: reader.boolean('second_person', false),
		forms: {
			monthlyDay: forms.count('monthly_day') ?? 19,
			monthly: forms.boolean('monthly', true),
			quarterly: forms.boolean('quarterly', true)
		},
		roll: reader.oneOf('roll', ['none', 'next_business_day'], 'none'),
		visitsPerQuarter: counts(reader, 'visits_per_quarter'),
		full,
		max: reader.number('max') ?? full,
		headings: reader.list('headings').map(headingFrom),
		indicators: reader.list('indicators').map((item) => indicatorFrom(item, vocabulary)),
		bonuses: reader.list('bonuses').map((item) => bonusFrom(item, vocabulary)),
		vetoes: reader.list('vetoes').map((item) => vetoFrom(item, vocabulary)),
		workItems: reader.list('work_items').map((item) => bonusFrom(item, vocabulary)),
		grades: gradesFrom(reader),
		annual: annualFrom(reader.map('annual')),
		rankWithin: reader.oneOf('rank_within', ['all', 'kind', 'township'], unit === 'clinic' ? 'township' : 'all'),
		rollup: reader.oneOf('rollup', ['pooled', 'mean'], 'pooled'),
		flags: reader.list('flags').map(flagFrom),
		workload: reader.numbers('workload'),
		otherVersions: []
	};
	// Read before anything else, by formats.ts.
	reader.node('format');
	periods.close();
	forms.close();
	return scheme;
}

function periodIn(reader: Reader, key: string): Period | null {
	const text = reader.text(key);
	const period = text === null ? null : parsePeriod(text);
	if (text !== null && !period) reader.findings.error(reader.lineOf(key), 'period_invalid', { value: text });
	return period;
}

function counts(reader: Reader, key: string): Record<string, number> {
	const line = reader.lineOf(key);
	return Object.fromEntries(
		Object.entries(reader.numbers(key)).map(([name, value]) => [name, wholeNumber(value, name, line, reader.findings)])
	);
}

const parameterKeys = {
	window: 'window',
	domains: 'domains',
	within_days: 'within_days',
	type: 'type',
	role: 'role',
	certified: 'certified',
	required: 'required',
	per: 'per',
	key: 'key',
	indicator: 'indicator'
} as const;

function measureFrom(owner: Reader, vocabulary: Vocabulary): MeasureUse {
	if (!owner.has('measure')) owner.findings.error(owner.line, 'key_missing', { key: 'measure' });
	const reader = owner.map('measure');
	const name = reader.requiredText('name');
	const known = vocabulary.measures.find((measure) => measure.name === name);
	if (name !== '' && !known)
		reader.findings.error(reader.lineOf('name'), 'measure_unknown', {
			measure: name,
			known: vocabulary.measures.map((measure) => measure.name).join(', ')
		});
	const required = reader.byKind('required');
	const requiredLine = reader.lineOf('required');
	const whole = (value: Fraction): number => wholeNumber(value, 'required', requiredLine, reader.findings);
	const use: MeasureUse = {
		name,
		domains: reader.texts('domains'),
		window: reader.oneOf('window', ['period', 'year_to_date', 'each_month'], 'period'),
		withinDays: reader.count('within_days'),
		type: reader.text('type'),
		role: reader.text('role'),
		certified: reader.boolean('certified', false),
		required: required === null ? null : mapByKind(required, whole),
		perYear: reader.text('per') !== null,
		key: reader.text('key'),
		indicator: reader.text('indicator')
	};
	reader.close();
	if (known) checkParameters(reader, use, known, vocabulary);
	return use;
}

function checkParameters(reader: Reader, use: MeasureUse, known: KnownMeasure, vocabulary: Vocabulary): void {
	const { findings } = reader;
	for (const key of reader.keys()) {
		if (key === 'name' || !(key in parameterKeys)) continue;
		const fits =
			key === 'window'
				? known.windows.includes(use.window)
				: key === 'domains'
					? known.byDomain
					: known.parameters.includes(key);
		if (!fits) findings.error(reader.lineOf(key), 'parameter_unfit', { key, measure: known.name });
	}
	if (use.perYear && use.window === 'each_month')
		findings.error(reader.lineOf('per'), 'parameter_unfit', { key: 'per', measure: `${known.name}, each_month` });
	for (const key of known.requiredParameters)
		if (!reader.has(key)) findings.error(reader.line, 'parameter_missing', { key, measure: known.name });
	for (const [key, choices] of Object.entries(known.choices)) {
		const value = reader.text(key);
		if (value !== null && !choices.includes(value))
			findings.error(reader.lineOf(key), 'value_unknown', { key, value, known: choices.join(', ') });
	}
	for (const domain of use.domains ?? [])
		if (!vocabulary.domains.includes(domain))
			findings.error(reader.lineOf('domains'), 'domain_unknown', { domain, known: vocabulary.domains.join(', ') });
}

function ruleFrom(owner: Reader, kinds: readonly Rule['kind'][]): Rule {
	if (!owner.has('rule')) owner.findings.error(owner.line, 'key_missing', { key: 'rule' });
	const reader = owner.map('rule');
	const kind = reader.oneOf('kind', kinds, kinds[0] ?? 'mark');
	if (owner.has('rule') && !reader.has('kind')) reader.findings.error(reader.line, 'key_missing', { key: 'kind' });
	const rule = ruleOfKind(kind, reader);
	reader.close();
	return rule;
}

function ruleOfKind(kind: Rule['kind'], reader: Reader): Rule {
	const target = (): ByKind<Fraction> => {
		const value = reader.byKind('target');
		if (value === null) reader.findings.error(reader.line, 'key_missing', { key: 'target' });
		return value ?? { byKind: false, value: decimal('1') };
	};
	switch (kind) {
		case 'proportional':
			return { kind, target: target(), credit: reader.numbers('credit') };
		case 'inverse':
			return { kind, best: reader.requiredNumber('best'), worst: reader.requiredNumber('worst') };
		case 'banded':
			return {
				kind,
				bands: reader.list('bands').map((band) => {
					const read = { atLeast: band.requiredNumber('at_least'), points: band.requiredNumber('points') };
					band.close();
					return read;
				})
			};
		case 'deduct':
			return { kind, minus: reader.numbers('minus'), cap: reader.number('cap') };
		case 'shortfall':
			return {
				kind,
				target: target(),
				per: reader.requiredNumber('per'),
				minus: reader.requiredNumber('minus'),
				steps: reader.oneOf('steps', ['exact', 'up', 'down'], 'exact'),
				cap: reader.number('cap')
			};
		case 'count':
			return { kind, each: reader.requiredNumber('each') };
		case 'mark':
			return { kind };
		case 'bonus':
			return {
				kind,
				part: reader.requiredText('part'),
				above: reader.number('above') ?? zero,
				each: reader.requiredNumber('each')
			};
	}
}

const indicatorRules = ['proportional', 'inverse', 'banded', 'deduct', 'shortfall', 'count', 'mark'] as const;
const policies = ['full', 'zero', 'excluded', 'pending'] as const;

function pointsFrom(reader: Reader): ByKind<Fraction> {
	const points = reader.byKind('points');
	if (points === null) reader.findings.error(reader.line, 'key_missing', { key: 'points' });
	return points ?? { byKind: false, value: zero };
}

function indicatorFrom(reader: Reader, vocabulary: Vocabulary): Indicator {
	const key = reader.requiredText('key');
	const measure = measureFrom(reader, vocabulary);
	const known = vocabulary.measures.find(({ name }) => name === measure.name);
	if (known?.canBeEmpty && !reader.has('empty'))
		reader.findings.error(reader.line, 'empty_unstated', { indicator: key, measure: measure.name });
	const indicator: Indicator = {
		key,
		name: reader.name('name', key),
		group: reader.has('group') ? reader.name('group', key) : null,
		points: pointsFrom(reader),
		criteria: reader.has('criteria') ? reader.name('criteria', '') : null,
		measure,
		rule: ruleFrom(reader, indicatorRules),
		empty: reader.oneOf<Policy>('empty', policies.slice(0, 3), 'excluded'),
		missing: reader.oneOf<Policy>('missing', policies, 'pending'),
		appliesTo: appliesToFrom(reader),
		line: reader.line
	};
	reader.close();
	return indicator;
}

function appliesToFrom(owner: Reader): Indicator['appliesTo'] {
	if (!owner.has('applies_to')) return null;
	const reader = owner.map('applies_to');
	const applies = { kinds: reader.texts('kind'), codes: reader.texts('codes') };
	reader.close();
	return applies;
}

function bonusFrom(reader: Reader, vocabulary: Vocabulary): Bonus {
	const key = reader.requiredText('key');
	const bonus: Bonus = {
		key,
		name: reader.name('name', key),
		group: reader.has('group') ? reader.name('group', key) : null,
		points: pointsFrom(reader),
		measure: measureFrom(reader, vocabulary),
		rule: ruleFrom(reader, ['bonus', ...indicatorRules]),
		line: reader.line
	};
	reader.close();
	return bonus;
}

function vetoFrom(reader: Reader, vocabulary: Vocabulary): Veto {
	const key = reader.requiredText('key');
	const effect = reader.map('effect');
	const score = effect.number('score');
	const grade = effect.text('grade');
	if ((score === null) === (grade === null))
		reader.findings.error(reader.lineOf('effect'), 'effect_unclear', { veto: key });
	effect.close();
	const veto: Veto = {
		key,
		name: reader.name('name', key),
		measure: measureFrom(reader, vocabulary),
		part: reader.requiredText('part'),
		atLeast: reader.requiredNumber('at_least'),
		effect: score === null ? { grade: grade ?? '' } : { score },
		line: reader.line
	};
	reader.close();
	return veto;
}

function gradesFrom(reader: Reader): Scheme['grades'] {
	const grades = reader.list('grades').map((item) => {
		const key = item.requiredText('key');
		const grade = { key, name: item.name('name', key), atLeast: item.requiredNumber('at_least') };
		item.close();
		return grade;
	});
	return grades;
}

function annualFrom(reader: Reader): Scheme['annual'] {
	const tabled = reader.has('weights') && !reader.has('method');
	const method = tabled ? 'weights' : reader.oneOf('method', ['mean', 'direct', 'weights'], 'mean');
	const weights = reader.numbers('weights');
	const starts = reader.text('year_starts');
	reader.close();
	if (method === 'weights') return { method, weights };
	if (method === 'mean') return { method };
	const match = starts === null ? null : /^(\d{1,2})-(\d{1,2})$/.exec(starts);
	const exists = match !== null && dayOf(2023, Number(match[1]), Number(match[2])) !== null;
	if (starts !== null && !exists)
		reader.findings.error(reader.lineOf('year_starts'), 'period_invalid', { value: starts });
	return { method, yearStarts: match && exists ? { month: Number(match[1]), day: Number(match[2]) } : null };
}

function headingFrom(reader: Reader): Heading {
	const heading: Heading = {
		group: reader.requiredText('group'),
		points: reader.requiredNumber('points'),
		line: reader.line
	};
	reader.close();
	return heading;
}

function flagFrom(reader: Reader): Flag {
	const flag: Flag = {
		key: reader.requiredText('key'),
		grade: reader.requiredText('grade'),
		consecutive: reader.count('consecutive') ?? 2,
		of: reader.oneOf('of', ['quarter', 'half', 'year'], 'year')
	};
	reader.close();
	return flag;
}
