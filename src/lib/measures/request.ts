/** What is asked of a measure: over which window, with which parameters. Its canonical text is a tally's identity. */
import type { ByKind } from '../basis/by-kind.ts';
import { addDays, type Day, isoDay } from '../basis/day.ts';
import { endOf, type Period, period, quartersIn, startOf } from '../basis/period.ts';

export type WindowName = 'period' | 'year_to_date' | 'each_month';

/** The scheme's settings that measures depend on. */
export interface MeasureSettings {
	readonly cutoffDays: number;
	readonly graceDays: number;
	readonly visitsPerQuarter: Readonly<Record<string, number>>;
	readonly forms: { readonly monthlyDay: number; readonly monthly: boolean; readonly quarterly: boolean };
	readonly roll: 'none' | 'next_business_day';
	/** Whose rows are counted: those of a township, or those that carry a clinic. */
	readonly unit: 'township' | 'clinic';
	/** Coefficients of `workload` as exact decimal texts, by `patrol`, `clue` and activity type. */
	readonly workload: Readonly<Record<string, string>>;
}

/** Parameters of one use of a measure in a scheme. */
export interface MeasureParameters {
	readonly window: WindowName;
	readonly domains: readonly string[] | null;
	readonly withinDays: number | null;
	readonly type: string | null;
	readonly role: string | null;
	readonly certified: boolean;
	readonly required: ByKind<number> | null;
	/** Whether `required` is asked of a year, spread over its quarters. */
	readonly perYear: boolean;
	/** The key of a figure, or of the indicator that a mark or deduction speaks of. */
	readonly key: string | null;
	/** The indicator's points as exact decimal text, where the denominator is they (`mark`, `deductions`). */
	readonly points: ByKind<string> | null;
}

export const noParameters: MeasureParameters = {
	window: 'period',
	domains: null,
	withinDays: null,
	type: null,
	role: null,
	certified: false,
	required: null,
	perYear: false,
	key: null,
	points: null
};

/** One measure over one window. */
export interface TallyRequest {
	readonly measure: string;
	readonly period: Period;
	readonly window: { readonly start: Day; readonly end: Day };
	readonly cutoff: Day;
	/** The day as of which a running period is looked at; null for a whole one. */
	readonly asOf: Day | null;
	/** Quarters of the year before the window's start and up to its end. */
	readonly quarters: { readonly before: number; readonly through: number };
	readonly settings: MeasureSettings;
	readonly parameters: MeasureParameters;
}

/** A window other than the period's own: a direct year that starts on another day. */
export interface OtherWindow {
	readonly start: Day;
	readonly end: Day;
}

/** Builds a request. In a running period nothing after `asOf` has happened and only what was due by then has failed. */
export function tallyRequest(
	measure: string,
	p: Period,
	settings: MeasureSettings,
	parameters: MeasureParameters,
	{ asOf = null, whole = false, other = null }: { asOf?: Day | null; whole?: boolean; other?: OtherWindow | null } = {}
): TallyRequest {
	const fromYearStart = parameters.window === 'year_to_date';
	const start = other?.start ?? startOf(fromYearStart ? period('year', p.year, 1) : p);
	const end = other?.end ?? endOf(p);
	const quarters = quartersIn(p);
	const through = quarters.at(-1)?.index ?? 0;
	const before = fromYearStart ? 0 : (quarters[0]?.index ?? 1) - 1;
	return {
		measure,
		period: p,
		window: { start, end: asOf !== null && !whole && asOf < end ? asOf : end },
		cutoff: asOf ?? addDays(end, settings.cutoffDays),
		asOf,
		quarters: { before, through },
		settings,
		parameters
	};
}

/** The months of a request's window, for `each_month`: first and last day of each. */
export function monthsOfWindow({ window }: TallyRequest): { start: Day; end: Day }[] {
	const months: { start: Day; end: Day }[] = [];
	let start = window.start;
	while (start <= window.end) {
		const [year, month] = isoDay(start).split('-').map(Number) as [number, number];
		const end = endOf(period('month', year, month));
		months.push({ start, end: end < window.end ? end : window.end });
		start = addDays(end, 1);
	}
	return months;
}

/** The number of whole months that a request's period asks for, also while it is running. */
export const monthsAsked = ({ period: p, parameters }: TallyRequest): number =>
	parameters.window === 'year_to_date' ? (quartersIn(p).at(-1)?.index ?? 0) * 3 : Math.max(1, quartersIn(p).length * 3);

/**
 * The canonical text of a request's parameters, the same for the same question whatever the order in which a scheme
 * states them. Only what the measure depends on belongs in it; `relevant` names the settings that it reads.
 */
export function canonicalParameters(request: TallyRequest, relevant: Readonly<Record<string, unknown>>): string {
	const { window, cutoff, asOf, parameters, quarters, settings } = request;
	const all: Record<string, unknown> = {
		start: isoDay(window.start),
		end: isoDay(window.end),
		cutoff: isoDay(cutoff),
		...(asOf === null ? {} : { as_of: isoDay(asOf) }),
		...(settings.unit === 'clinic' ? { unit: 'clinic' } : {}),
		...(parameters.window === 'each_month' ? { window: 'each_month' } : {}),
		...(parameters.domains ? { domains: [...parameters.domains].sort() } : {}),
		...(parameters.type ? { type: parameters.type } : {}),
		...(parameters.role ? { role: parameters.role } : {}),
		...(parameters.certified ? { certified: true } : {}),
		...(parameters.withinDays === null ? {} : { within_days: parameters.withinDays }),
		...(parameters.key ? { key: parameters.key } : {}),
		...(parameters.required ? { required: plain(parameters.required) } : {}),
		...(parameters.perYear ? { per: 'year', quarters } : {}),
		...(parameters.points ? { points: plain(parameters.points) } : {}),
		...relevant
	};
	return canonicalJson(all);
}

const plain = <T>(value: ByKind<T>): unknown =>
	value.byKind ? { ...value.table, default: value.otherwise } : value.value;

/** JSON with sorted keys and no white space. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (value !== null && typeof value === 'object')
		return `{${Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`)
			.join(',')}}`;
	return JSON.stringify(value);
}
