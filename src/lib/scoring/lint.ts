/** What is wrong or doubtful in a scheme (rules.md, 4). Errors stop its use, warnings do not. */
import { allValues, type ByKind } from '../basis/by-kind.ts';
import { compare, divide, type Fraction, one, subtract, sum, toExact, whole, zero } from '../basis/fraction.ts';
import { endOf, periodId, startOf } from '../basis/period.ts';
import type { Findings, Reader } from '../basis/read-node.ts';
import type { Indicator, MeasureUse, Rule, Scheme, Vocabulary } from './scheme.ts';
import { usesOf } from './uses.ts';

/** Checks a scheme as a whole; what concerns single values was found while reading. */
export function lintScheme(scheme: Scheme, vocabulary: Vocabulary, findings: Findings, root: Reader): void {
	if (scheme.indicators.length === 0) findings.error(root.line, 'no_indicators');
	checkKeys(scheme, findings, root);
	for (const owner of [...scheme.indicators, ...scheme.bonuses, ...scheme.workItems])
		checkRule(owner, vocabulary, findings);
	for (const veto of scheme.vetoes) {
		checkNamedPart(veto.part, veto.measure, veto.line, vocabulary, findings);
		if ('grade' in veto.effect) checkGrade(veto.effect.grade, scheme, veto.line, findings);
	}
	for (const flag of scheme.flags) checkGrade(flag.grade, scheme, root.lineOf('flags'), findings);
	checkGrades(scheme, findings, root);
	checkNames(scheme, vocabulary, findings, root);
	checkDays(scheme, vocabulary, findings);
	checkSum(scheme, findings, root);
	for (const indicator of scheme.indicators) warnOfCliffs(indicator, scheme, findings);
	warnOfIdleness(scheme, findings);
	if (scheme.forms.quarterly && scheme.cutoffDays === 0 && usesMeasure(scheme, 'form_timeliness'))
		findings.warning(root.lineOf('cutoff_days'), 'quarterly_form_without_cutoff');
	checkHeadings(scheme, findings);
	checkClinics(scheme, vocabulary, findings, root);
	warnOfConflictingBands(scheme, findings);
	if (vocabulary.taken?.some(({ id, version }) => id === scheme.id && version === scheme.version))
		findings.error(root.lineOf('version'), 'version_published', { scheme: scheme.id, version: scheme.version });
}

const most = (value: ByKind<Fraction>): Fraction => allValues(value).reduce((a, b) => (compare(a, b) >= 0 ? a : b));
const least = (value: ByKind<Fraction>): Fraction => allValues(value).reduce((a, b) => (compare(a, b) <= 0 ? a : b));
const usesMeasure = (scheme: Scheme, name: string): boolean =>
	usesOf(scheme).some(({ measure }) => measure.name === name);

function checkKeys(scheme: Scheme, findings: Findings, root: Reader): void {
	for (const items of [[...scheme.indicators, ...scheme.bonuses, ...scheme.workItems], scheme.vetoes]) {
		const seen = new Set<string>();
		for (const { key, line } of items) {
			if (seen.has(key)) findings.error(line, 'key_twice', { key });
			seen.add(key);
		}
	}
	const grades = new Set<string>();
	for (const { key } of scheme.grades) {
		if (grades.has(key)) findings.error(root.lineOf('grades'), 'key_twice', { key });
		grades.add(key);
	}
}

/** What has points by a rule: an indicator, a bonus or a work item. */
type Ruled = Pick<Indicator, 'key' | 'points' | 'measure' | 'rule' | 'line'>;

function checkRule(owner: Ruled, vocabulary: Vocabulary, findings: Findings): void {
	const { rule, measure, points, line, key } = owner;
	if (compare(least(points), zero) < 0) findings.error(line, 'points_negative', { indicator: key });
	checkPart(rule, measure, line, vocabulary, findings);
	const isMark = measure.name === 'mark' || measure.name === 'deductions';
	if (rule.kind === 'mark' && !isMark) findings.error(line, 'mark_rule_unfit', { indicator: key });
	if (rule.kind === 'proportional' || rule.kind === 'shortfall')
		for (const target of allValues(rule.target))
			if (compare(target, zero) < 0 || compare(target, one) > 0 || (rule.kind === 'proportional' && target.n === 0n))
				findings.error(line, 'target_outside', { indicator: key, target: toExact(target) });
	if (rule.kind === 'shortfall' && compare(rule.per, zero) <= 0)
		findings.error(line, 'per_not_positive', { indicator: key });
	if (rule.kind === 'inverse' && compare(rule.best, rule.worst) >= 0)
		findings.error(line, 'inverse_unordered', { indicator: key });
	if (rule.kind === 'banded') checkBands(rule, owner, findings);
	if ((rule.kind === 'deduct' || rule.kind === 'shortfall') && rule.cap && compare(rule.cap, most(points)) > 0)
		findings.warning(line, 'cap_never_bites', { indicator: key, cap: toExact(rule.cap) });
	if (
		measure.required &&
		['proportional', 'shortfall', 'inverse', 'banded'].includes(rule.kind) &&
		measure.name !== 'staffing'
	)
		if (allValues(measure.required).includes(0)) findings.error(line, 'required_zero', { indicator: key });
}

function checkBands(rule: Rule & { kind: 'banded' }, { key, points, line }: Ruled, findings: Findings): void {
	if (rule.bands.length === 0) findings.error(line, 'no_bands', { indicator: key });
	const seen: Fraction[] = [];
	for (const band of rule.bands) {
		if (seen.some((other) => compare(other, band.atLeast) === 0))
			findings.error(line, 'bands_overlap', { indicator: key, at: toExact(band.atLeast) });
		seen.push(band.atLeast);
		if (compare(band.points, most(points)) > 0 || compare(band.points, zero) < 0)
			findings.error(line, 'band_points_outside', { indicator: key, points: toExact(band.points) });
	}
	const rising = [...rule.bands].sort((a, b) => compare(a.atLeast, b.atLeast));
	for (const [i, band] of rising.entries()) {
		const better = rising[i + 1];
		if (better && compare(better.points, band.points) < 0)
			findings.error(line, 'bands_overlap', { indicator: key, at: toExact(better.atLeast) });
		if (compare(band.atLeast, one) > 0)
			findings.warning(line, 'band_unreachable', { indicator: key, at: toExact(band.atLeast) });
	}
}

function checkPart(rule: Rule, measure: MeasureUse, line: number, vocabulary: Vocabulary, findings: Findings): void {
	const named =
		rule.kind === 'deduct'
			? Object.keys(rule.minus)
			: rule.kind === 'proportional'
				? Object.keys(rule.credit)
				: rule.kind === 'bonus'
					? [rule.part]
					: [];
	for (const part of named) checkNamedPart(part, measure, line, vocabulary, findings);
}

function checkNamedPart(
	part: string,
	measure: MeasureUse,
	line: number,
	vocabulary: Vocabulary,
	findings: Findings
): void {
	const known = vocabulary.measures.find(({ name }) => name === measure.name);
	const parts = ['n', 'd', 'short', ...(known?.parts ?? [])];
	if (known && !parts.includes(part))
		findings.error(line, 'part_unknown', { part, measure: measure.name, known: parts.join(', ') });
}

function checkGrade(grade: string, scheme: Scheme, line: number, findings: Findings): void {
	const known = scheme.grades.map(({ key }) => key);
	if (!known.includes(grade)) findings.error(line, 'grade_unknown', { grade, known: known.join(', ') });
}

function checkGrades(scheme: Scheme, findings: Findings, root: Reader): void {
	const line = root.lineOf('grades');
	if (scheme.grades.length === 0) {
		findings.error(root.line, 'no_grades');
		return;
	}
	if (!scheme.grades.some(({ atLeast }) => compare(atLeast, zero) <= 0)) findings.error(line, 'grade_gap');
	for (const [i, grade] of scheme.grades.entries()) {
		const above = scheme.grades[i - 1];
		if (above && compare(above.atLeast, grade.atLeast) <= 0)
			findings.error(line, 'grades_unordered', { grade: grade.key });
		if (compare(grade.atLeast, scheme.max) > 0) findings.warning(line, 'grade_unreachable', { grade: grade.key });
	}
}

function checkNames(scheme: Scheme, vocabulary: Vocabulary, findings: Findings, root: Reader): void {
	for (const domain of Object.keys(scheme.visitsPerQuarter))
		if (!vocabulary.domains.includes(domain))
			findings.error(root.lineOf('visits_per_quarter'), 'domain_unknown', {
				domain,
				known: vocabulary.domains.join(', ')
			});
	const work = ['patrol', 'clue', 'training', 'publicity', 'supervision', 'water_test'];
	for (const [key, coefficient] of Object.entries(scheme.workload)) {
		if (!work.includes(key))
			findings.error(root.lineOf('workload'), 'value_unknown', { key: 'workload', value: key, known: work.join(', ') });
		if (compare(coefficient, zero) < 0) findings.error(root.lineOf('workload'), 'points_negative', { indicator: key });
	}
	if (scheme.annual.method === 'weights') {
		const parts: readonly string[] = { quarter: ['Q1', 'Q2', 'Q3', 'Q4'], half: ['H1', 'H2'], year: [] }[
			scheme.frequency
		];
		for (const [key, weight] of Object.entries(scheme.annual.weights)) {
			if (!parts.includes(key))
				findings.error(root.lineOf('annual'), 'value_unknown', {
					key: 'weights',
					value: key,
					known: parts.join(', ')
				});
			if (compare(weight, zero) < 0) findings.error(root.lineOf('annual'), 'points_negative', { indicator: key });
		}
	}
	const { from, to } = scheme.periods;
	if (from && to && endOf(to) < startOf(from))
		findings.error(root.lineOf('periods'), 'periods_crossed', { from: periodId(from), to: periodId(to) });
	if (scheme.annual.method === 'weights' && compare(sum(Object.values(scheme.annual.weights)), one) !== 0)
		findings.error(root.lineOf('annual'), 'weights_not_one', {
			sum: toExact(sum(Object.values(scheme.annual.weights)))
		});
	if (scheme.forms.monthlyDay < 1 || scheme.forms.monthlyDay > 31)
		findings.error(root.lineOf('forms'), 'monthly_day_outside');
}

/** A cut-off before the time in which something may still be reported would punish work done in time. */
function checkDays(scheme: Scheme, vocabulary: Vocabulary, findings: Findings): void {
	for (const { measure, line } of usesOf(scheme)) {
		const days = measure.withinDays ?? vocabulary.measures.find(({ name }) => name === measure.name)?.defaultDays ?? 0;
		if (days > scheme.cutoffDays)
			findings.error(line, 'cutoff_too_short', { days: String(days), cutoff: String(scheme.cutoffDays) });
	}
}

function checkSum(scheme: Scheme, findings: Findings, root: Reader): void {
	const always = scheme.indicators.filter(({ appliesTo }) => !appliesTo);
	const total = sum(scheme.indicators.map(({ points }) => (points.byKind ? points.otherwise : points.value)));
	if (always.length === scheme.indicators.length && compare(total, scheme.full) !== 0)
		findings.warning(root.lineOf('indicators'), 'points_not_full', { sum: toExact(total), full: toExact(scheme.full) });
}

/** One row that moves more than a tenth of the full score is a cliff that people will argue about. */
function warnOfCliffs({ rule, key, line }: Indicator, scheme: Scheme, findings: Findings): void {
	const tenth = divide(scheme.full, whole(10));
	const steps: { at: string; points: Fraction }[] = [];
	if (rule.kind === 'banded') {
		const rising = [...rule.bands].sort((a, b) => compare(a.atLeast, b.atLeast));
		for (const [i, { atLeast, points }] of rising.entries())
			if (compare(atLeast, zero) > 0)
				steps.push({ at: toExact(atLeast), points: subtract(points, rising[i - 1]?.points ?? zero) });
	} else if (rule.kind === 'deduct') {
		for (const [part, each] of Object.entries(rule.minus)) steps.push({ at: part, points: each });
	} else if (rule.kind === 'count') steps.push({ at: 'n', points: rule.each });
	for (const { at, points } of steps)
		if (compare(points, tenth) > 0) findings.warning(line, 'cliff', { indicator: key, at, points: toExact(points) });
}

/** Full points for nothing to do are only safe where another indicator asks for activity. */
function warnOfIdleness(scheme: Scheme, findings: Findings): void {
	const asksForActivity = scheme.indicators.some(
		({ measure, empty }) =>
			[
				'patrol_coverage',
				'patrol_completion',
				'activity_count',
				'patrol_count',
				'clue_count',
				'form_timeliness'
			].includes(measure.name) && empty !== 'full'
	);
	if (asksForActivity) return;
	for (const { empty, key, line } of scheme.indicators)
		if (empty === 'full') findings.warning(line, 'rewards_idleness', { indicator: key });
}

/** Headings that claim another sum than that of their items: the sheet contradicts itself (R1). */
function checkHeadings(scheme: Scheme, findings: Findings): void {
	for (const { group, points, line } of scheme.headings) {
		const items = [...scheme.indicators, ...scheme.bonuses].filter((item) => item.group?.zh === group);
		if (items.length === 0) {
			findings.warning(line, 'heading_without_items', { group });
			continue;
		}
		const total = sum(items.map((item) => (item.points.byKind ? item.points.otherwise : item.points.value)));
		if (compare(total, points) !== 0)
			findings.warning(line, 'heading_sum', { group, claimed: toExact(points), sum: toExact(total) });
	}
}

/** A clinic is measured by the rows that carry it, and ranked within its township; a township is not within one. */
function checkClinics(scheme: Scheme, { measures }: Vocabulary, findings: Findings, root: Reader): void {
	if (scheme.unit === 'township') {
		if (scheme.rankWithin === 'township') findings.error(root.lineOf('rank_within'), 'only_for_clinics');
		return;
	}
	for (const { measure, line } of usesOf(scheme))
		if (measures.some(({ name, byClinic }) => name === measure.name && !byClinic))
			findings.error(line, 'measure_not_for_clinics', {
				measure: measure.name,
				known: measures.flatMap(({ name, byClinic }) => (byClinic ? [name] : [])).join(', ')
			});
}

/** One figure judged by two sets of bands: the same rate is good in the one and bad in the other. */
function warnOfConflictingBands({ indicators, bonuses }: Scheme, findings: Findings): void {
	const banded = [...indicators, ...bonuses].flatMap(({ key, rule, measure, line }) =>
		rule.kind === 'banded' ? [{ key, line, measure: canonicalUse(measure), at: thresholds(rule) }] : []
	);
	for (const [index, later] of banded.entries()) {
		const earlier = banded.slice(0, index).find((one) => one.measure === later.measure && one.at !== later.at);
		if (earlier) findings.warning(later.line, 'bands_conflict', { indicator: later.key, other: earlier.key });
	}
}

const thresholds = ({ bands }: Rule & { kind: 'banded' }): string =>
	[...bands]
		.map(({ atLeast }) => atLeast)
		.sort(compare)
		.map(toExact)
		.join(' ');

const canonicalUse = (measure: MeasureUse): string =>
	JSON.stringify(Object.entries({ ...measure, domains: measure.domains && [...measure.domains].sort() }).sort());
