/** 看走势: how a measure moved over months or quarters, and how townships or domains stand beside one another. */
import type { Actor, Bilingual } from '../../basis/codes.ts';
import { endOf, type Period, parsePeriod } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { fieldNamed, kindNamed } from '../../intake/kinds/index.ts';
import { measureNamed } from '../../measures/catalogue/index.ts';
import {
	type Comparison,
	compareSeries,
	countsFindings,
	scaleOf,
	type ShownSeries,
	shownSeries,
	type Standing,
	standingOf,
	type TrendQuestion,
	type Unit
} from '../../reports/analyst.ts';
import { readDomains } from '../schemes/library.ts';
import { covers } from '../schemes/load.ts';
import { textOf } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import type { Rules } from './see-periods.ts';
import { showTrend, type TrendReport, type TrendSeries } from './show-trend.ts';
import { visibleTo } from './units.ts';

/** What can be chosen: the townships that an actor may see, by code, and the domains that have facts. */
export interface TrendChoices {
	readonly townships: readonly { readonly code: string; readonly name: string }[];
	readonly domains: readonly { readonly key: string; readonly name: Bilingual }[];
}

export interface NamedSeries extends ShownSeries {
	/** Null for findings of which no category or severity is given. */
	readonly name: Bilingual | null;
}

/** Series beside one another. */
export interface TrendParts {
	readonly series: readonly NamedSeries[];
	readonly comparison: Comparison | null;
	/** Lowest and highest value of them all; null where none has a value. */
	readonly scale: { readonly low: number; readonly high: number } | null;
	readonly unit: Unit;
}

export interface TrendStudy {
	/** Null where the trend is split. */
	readonly whole: ShownSeries | null;
	/** Of the asked period, else of the latest that is complete. */
	readonly standing: Standing | null;
	/** The parts of a split; of a whole the townships by quarter. */
	readonly parts: TrendParts;
	readonly unit: Unit;
	/** The scheme's indicator of this measure, which a township's page can explain. */
	readonly indicator: string | null;
	/** Names of the townships that went into the one that is asked for, and whose rows are counted with it. */
	readonly includes: readonly string[];
	/** The quarters that the overview can show. */
	readonly assessed: readonly string[];
}

/** What a trend can be asked of. */
export const trendChoices = async (look: Look, actor: Actor): Promise<TrendChoices> => {
	const { townships, inUse } = await look.recall('trend choices', async () => ({
		townships: await townshipsEver(look),
		inUse: new Set((await domainRows(look)).map((row) => textOf(row['domain'])))
	}));
	const domains = readDomains(look.home).filter(({ key }, i, all) => all.findIndex((one) => one.key === key) === i);
	return {
		townships: visibleTo(townships, actor),
		domains: domains.filter(({ key }) => inUse.has(key)).map(({ key, name }) => ({ key, name }))
	};
};

const domainRows = ({ engine }: Look) =>
	engine.rows(`SELECT DISTINCT domain FROM fact_patrol WHERE batch_to IS NULL
		UNION SELECT DISTINCT domain FROM fact_subject WHERE batch_to IS NULL`);

/** Every township that was ever in the register, by its latest name: also one that has ended has a past. */
async function townshipsEver({ engine }: Look): Promise<TrendChoices['townships']> {
	const rows = await engine.rows(`SELECT township, arg_max(name, coalesce(as_of, DATE '0001-01-01')) AS name
		FROM fact_township WHERE batch_to IS NULL GROUP BY township ORDER BY township`);
	return rows.map((row) => ({ code: textOf(row['township']), name: textOf(row['name']) }));
}

/** Any measure that can be asked for by month and domain: findings are counted whatever it is. */
const measureOfCounts = 'problem_rate';

/**
 * The answer to a question as it stands, the same for the page and for its downloads.
 * @throws Problem `township_unknown`, `unknown_choice` (domain), `measure_without_series`, `measure_without_domains`
 */
export function trendSeen(
	look: Look,
	{ scheme, identity }: Rules,
	question: TrendQuestion,
	choices: TrendChoices,
	actor: Actor
): Promise<TrendReport> {
	const { by, township, domain, split } = question;
	const measure = countsFindings(question) ? measureOfCounts : question.measure;
	if (township !== null && !choices.townships.some(({ code }) => code === township))
		throw new Problem('township_unknown', { code: township });
	if (domain !== null && !choices.domains.some(({ key }) => key === domain))
		throw new Problem('unknown_choice', {
			field: 'domain',
			value: domain,
			choices: choices.domains.map(({ key }) => key).join(', ')
		});
	const key = ['trend', identity, measure, by, township, domain, split, String(actor.townships)];
	return look.recall(JSON.stringify(key), () =>
		showTrend(look, { measure, by, township, domain, split, scheme }, actor)
	);
}

/** The name of a series by what it is of. */
export function seriesName(
	split: TrendQuestion['split'],
	{ townships, domains }: TrendChoices
): (of: string) => Bilingual | null {
	switch (split) {
		case 'township': {
			const names = new Map(townships.map(({ code, name }) => [code, name]));
			return (of) => ({ zh: names.get(of) ?? of });
		}
		case 'domain':
			return (of) => domains.find(({ key }) => key === of)?.name ?? { zh: of };
		case 'severity':
			return (of) => (of === '' ? null : severityName(of));
		default:
			return (of) => (of === '' ? null : { zh: of });
	}
}

function severityName(severity: string): Bilingual {
	const kind = kindNamed('finding');
	const field = kind && fieldNamed(kind, 'severity');
	const names = field?.type === 'choice' ? field.choices[severity] : undefined;
	return { zh: names?.[0] ?? severity, en: severity };
}

const unitOf = ({ measure, split }: TrendQuestion): Unit => {
	if (countsFindings({ split })) return 'count';
	// Workload has a denominator of one for each township: over several it is their mean.
	return measure === 'workload' ? 'mean' : 'percent';
};

/** Domains as their list has them, findings by how many there are, townships by code. */
function inOrder(
	series: readonly TrendSeries[],
	split: TrendQuestion['split'],
	{ domains }: TrendChoices
): readonly TrendSeries[] {
	if (split === 'domain') {
		const places = new Map(domains.map(({ key }, i) => [key, i]));
		return series.toSorted((a, b) => (places.get(a.of ?? '') ?? Infinity) - (places.get(b.of ?? '') ?? Infinity));
	}
	if (!countsFindings({ split })) return series;
	const total = ({ points }: TrendSeries): number => points.reduce((sum, { value }) => sum + (value ?? 0), 0);
	return series.toSorted((a, b) => total(b) - total(a));
}

/** The series of a split, ready to be shown beside one another. */
async function partsOf(
	look: Look,
	rules: Rules,
	question: TrendQuestion,
	choices: TrendChoices,
	actor: Actor
): Promise<TrendParts> {
	const report = await trendSeen(look, rules, question, choices, actor);
	const unit = unitOf(question);
	const key = ['trend parts', rules.identity, question, String(actor.townships)];
	return look.recall(JSON.stringify(key), () => {
		const nameOf = seriesName(question.split, choices);
		const series = inOrder(report.series, question.split, choices).map((one) => ({
			...shownSeries(one, unit),
			name: nameOf(one.of ?? '')
		}));
		return Promise.resolve({ series, comparison: compareSeries(series), scale: scaleOf(report.series), unit });
	});
}

/**
 * A measure's trend and its parts.
 * @param at the period that is asked about; null for the latest
 * @throws Problem as {@link trendSeen}
 */
export async function studyTrends(
	look: Look,
	rules: Rules,
	question: TrendQuestion,
	choices: TrendChoices,
	at: Period | null,
	actor: Actor
): Promise<TrendStudy> {
	const { scheme } = rules;
	const unit = unitOf(question);
	const shared = {
		unit,
		indicator: scheme.indicators.find(({ measure }) => measure.name === question.measure)?.key ?? null
	};
	if (question.split !== null) {
		const parts = await partsOf(look, rules, question, choices, actor);
		const { includes } = await trendSeen(look, rules, question, choices, actor);
		return { ...shared, whole: null, standing: null, parts, includes: namesOf(includes, choices), assessed: [] };
	}
	const report = await trendSeen(look, rules, question, choices, actor);
	const whole = report.series[0] ? shownSeries(report.series[0], unit) : null;
	const until = at && ((id: string) => endOf(parsePeriod(id) as Period) <= endOf(at));
	const byTownship = { ...question, by: 'quarter', township: null, split: 'township' } as const;
	return {
		...shared,
		whole,
		standing: whole && standingOf(whole, until),
		includes: namesOf(report.includes, choices),
		parts: await partsOf(look, rules, byTownship, choices, actor),
		assessed:
			question.by === 'quarter'
				? (whole?.points ?? []).map(({ period }) => period).filter((id) => covers(scheme, parsePeriod(id) as Period))
				: []
	};
}

const namesOf = (codes: readonly string[], { townships }: TrendChoices): string[] =>
	codes.map((code) => townships.find((one) => one.code === code)?.name ?? code);

/** The measure of a question, by its name in both languages. */
export const measureLabel = (name: string): Bilingual => measureNamed(name)?.label ?? { zh: name };

/** The townships that a reader means: the one of that code or name, else all that have the text in it. */
export function findTownships(townships: TrendChoices['townships'], text: string): TrendChoices['townships'] {
	const exact = townships.filter(({ code, name }) => code === text || name === text);
	return exact.length > 0 ? exact : townships.filter(({ code, name }) => code.startsWith(text) || name.includes(text));
}
