/**
 * Composes requests into one statement a base: measures that share a base and its window are read in one scan
 * (docs/decisions.md). Values are bound; only texts of declarations become SQL.
 */
import { nextBusinessDay } from '../basis/business-days.ts';
import { type Day, day, daysInMonth, isoDay } from '../basis/day.ts';
import { monthsIn, type Period, periodId, quartersIn } from '../basis/period.ts';
import {
	type BaseName,
	bases,
	carriesClinics,
	type Expression,
	type Figure,
	kindsOfClinics,
	type Measure
} from './declare.ts';
import { monthsOfWindow, type TallyRequest } from './request.ts';

export type BoundValue = string | number | readonly string[];

/** A request with its declaration. */
export interface Asked {
	readonly measure: Measure;
	readonly request: TallyRequest;
}

/** A statement, and where each asked figure is in its rows. */
export interface Composed {
	readonly base: BaseName;
	readonly sql: string;
	readonly bound: Readonly<Record<string, BoundValue>>;
	/** For each column: which request (by its place in the input) and which figure. */
	readonly columns: readonly { readonly column: string; readonly asked: number; readonly figure: string }[];
}

/** Collects bound values under short names, the same value once. */
class Binder {
	readonly bound: Record<string, BoundValue> = {};
	readonly #names = new Map<string, string>();

	bind(value: BoundValue): string {
		const identity = JSON.stringify(value);
		let name = this.#names.get(identity);
		if (name === undefined) {
			name = `p${this.#names.size}`;
			this.#names.set(identity, name);
			this.bound[name] = value;
		}
		return `$${name}`;
	}

	/** The text of an expression with its `:name` parameters bound. */
	text(expression: Expression, request: TallyRequest): string {
		const text = typeof expression === 'string' ? expression : expression(request);
		return text.replace(/:([a-z_]+(?:_\d+)?)\b/g, (_, name: string) => this.parameter(name, request));
	}

	private parameter(name: string, request: TallyRequest): string {
		const date = (value: Day): string => `CAST(${this.bind(isoDay(value))} AS DATE)`;
		const { window, cutoff, asOf, settings, parameters } = request;
		const month = /^month_(start|end)_(\d+)$/.exec(name);
		if (month) {
			const bounds = monthsOfWindow(request)[Number(month[2])];
			if (!bounds) throw new RangeError(`the window has no month ${month[2]}`);
			return date(month[1] === 'start' ? bounds.start : bounds.end);
		}
		if (name.startsWith('visits_')) return this.bind(settings.visitsPerQuarter[name.slice('visits_'.length)] ?? 1);
		switch (name) {
			case 'start':
				return date(window.start);
			case 'end':
				return date(window.end);
			case 'cutoff':
				return date(cutoff);
			case 'as_of':
				return date(asOf ?? cutoff);
			case 'within_days':
				return this.bind(withinDays(request));
			case 'grace_days':
				return this.bind(settings.graceDays);
			case 'type':
				return this.bind(parameters.type ?? '');
			case 'role':
				return this.bind(parameters.role ?? 'coordinator');
			case 'key':
				return this.bind(parameters.key ?? '');
			default:
				throw new RangeError(`no parameter ${name}`);
		}
	}
}

/** Days within which something must be reported, where the scheme does not say (rules.md, 3). */
export const daysByDefault: Readonly<Record<string, number>> = { record_timeliness: 5, clue_reporting: 1 };

/** The days in force for a request. */
const withinDays = ({ measure, parameters }: TallyRequest): number =>
	parameters.withinDays ?? daysByDefault[measure] ?? 0;

/** The condition that a row of the base counts for a request: the measure's own, and the scheme's domains. */
function countsCondition({ measure, request }: Asked, binder: Binder): string {
	const rows = binder.text(measure.rows, request);
	const { domains } = request.parameters;
	if (!domains || !measure.byDomain) return rows;
	const list = domains.map((domain) => binder.bind(domain)).join(', ');
	return `${rows} AND domain IN (${list})`;
}

const and = (...conditions: string[]): string => {
	const telling = conditions.filter((condition) => condition !== 'true');
	return telling.length === 0 ? 'true' : telling.map((condition) => `(${condition})`).join(' AND ');
};

/** The figures of a measure over its base; `best` gives those of what is still possible in a running period. */
function figuresOf(measure: Measure, base: BaseName, best: boolean): Readonly<Record<string, Figure>> {
	const own = base === measure.base ? measure.figures : {};
	const others = measure.otherBases?.find((other) => other.base === base)?.figures ?? {};
	const figures = { ...own, ...others };
	if (!best || typeof measure.prospect === 'string') return figures;
	const { lost } = measure.prospect;
	const lostOnly = measure.parts.map((part): [string, Figure] => {
		const figure = figures[part];
		if (!figure || !('count' in figure)) throw new TypeError(`${measure.name}: part ${part} must be a count`);
		return [part, { count: (request) => `(${textOf(figure.count, request)}) AND (${textOf(lost, request)})` }];
	});
	return { ...figures, ...Object.fromEntries(lostOnly), lost: { count: lost } };
}

const textOf = (expression: Expression, request: TallyRequest): string =>
	typeof expression === 'string' ? expression : expression(request);

/** What a base binds for a request. */
function baseParameters(
	base: BaseName,
	request: TallyRequest,
	townships: readonly string[]
): Record<string, BoundValue> {
	const due = formsDue(request);
	const all: Record<string, BoundValue> = {
		start: isoDay(request.window.start),
		end: isoDay(request.window.end),
		period: periodId(request.period),
		townships,
		forms: due.map(({ form }) => form),
		covers: due.map(({ covers }) => covers),
		due: due.map(({ dueOn }) => isoDay(dueOn))
	};
	return Object.fromEntries(bases[base].binds.map((name) => [name, all[name] as BoundValue]));
}

/**
 * The forms due within a request's window: a monthly one for each month on `monthly_day` of it, a quarterly one on the
 * last day of the quarter. A month without that day is due on its last. Where the scheme says so, a day on which offices
 * are shut moves the deadline to the next on which they work.
 * @throws Problem `calendar_unknown`
 */
function formsDue({ window, settings: { forms, roll } }: TallyRequest): { form: string; covers: string; dueOn: Day }[] {
	const due: { form: string; covers: string; dueOn: Day }[] = [];
	const [firstYear, lastYear] = [window.start, window.end].map((bound) => Number(isoDay(bound).slice(0, 4))) as [
		number,
		number
	];
	// A form belongs to the window of its nominal day, also where a holiday moves its deadline beyond the window's end.
	const add = (form: string, p: Period, dueOn: Day): void => {
		if (dueOn < window.start || dueOn > window.end) return;
		due.push({ form, covers: periodId(p), dueOn: roll === 'none' ? dueOn : nextBusinessDay(dueOn) });
	};
	for (let year = firstYear; year <= lastYear; year++) {
		const whole: Period = { kind: 'year', year, index: 1 };
		for (const month of forms.monthly ? monthsIn(whole) : [])
			add('monthly', month, day(year, month.index, Math.min(forms.monthlyDay, daysInMonth(year, month.index))));
		for (const quarter of forms.quarterly ? quartersIn(whole) : [])
			add('quarterly', quarter, day(year, quarter.index * 3, daysInMonth(year, quarter.index * 3)));
	}
	return due;
}

/** Whether a base has rows for the units that are asked for: those of some kinds carry no clinic. */
const answers = (base: BaseName, { settings }: TallyRequest): boolean =>
	settings.unit === 'township' || carriesClinics(base);

/**
 * A base with the unit of each row. Clinics are measured by the rows that carry them, and the rest is the same (rules.md,
 * 4): the base reads, in place of each table of facts, its rows with their clinic for a township. A finding is of the
 * clinic of its patrol.
 */
function ofUnits(base: BaseName, { settings }: TallyRequest, text: (base: BaseName) => string): string {
	const rows = `SELECT *, township AS unit FROM (${text(base)}) AS rows`;
	if (settings.unit === 'township') return rows;
	const carried = kindsOfClinics.map(
		(kind) => `fact_${kind} AS (
			SELECT rows.* REPLACE (clinics.unit AS township) FROM main.fact_${kind} AS rows
			JOIN clinics ON clinics.township = rows.township AND clinics.written = rows.clinic
		)`
	);
	return `WITH clinics AS (${text('clinics')}), ${carried.join(', ')}, fact_finding AS (
			SELECT rows.* REPLACE (clinics.unit AS township) FROM main.fact_finding AS rows
			JOIN main.fact_patrol AS patrol
				ON patrol.township = rows.township AND patrol.fact_key = rows.patrol AND patrol.batch_to IS NULL
			JOIN clinics ON clinics.township = patrol.township AND clinics.written = patrol.clinic
		) ${rows}`;
}

/**
 * Composes the statements for requests.
 * @param text gives the SQL of a base relation for the engine
 * @param best figures of what is still possible in place of those as they are
 */
export function composeTallies(
	asked: readonly Asked[],
	text: (base: BaseName) => string,
	townships: readonly string[],
	best = false
): Composed[] {
	const groups = new Map<string, { base: BaseName; request: TallyRequest; members: number[] }>();
	for (const [index, { measure, request }] of asked.entries()) {
		const others = (measure.otherBases ?? []).map((other) => other.base);
		for (const base of [measure.base, ...others].filter((one) => answers(one, request))) {
			const identity = JSON.stringify([base, request.settings.unit, baseParameters(base, request, [])]);
			const group = groups.get(identity);
			if (group) group.members.push(index);
			else groups.set(identity, { base, request, members: [index] });
		}
	}
	return [...groups.values()].map(({ base, request, members }) => {
		const binder = new Binder();
		const columns: { column: string; asked: number; figure: string }[] = [];
		const expressions = new Map<string, string>();
		for (const index of members) {
			const one = asked[index] as Asked;
			const counts = countsCondition(one, binder);
			for (const [figure, what] of Object.entries(figuresOf(one.measure, base, best))) {
				if ('count' in what && textOf(what.count, one.request) === 'false') continue;
				const condition =
					'count' in what
						? and(counts, binder.text(what.count, one.request))
						: and(counts, what.where ? binder.text(what.where, one.request) : 'true');
				const filter = condition === 'true' ? '' : ` FILTER (${condition})`;
				const expression =
					'count' in what ? `count(*)${filter}` : `coalesce(sum(${binder.text(what.sum, one.request)})${filter}, 0)`;
				const column = expressions.get(expression) ?? `f${expressions.size}`;
				expressions.set(expression, column);
				columns.push({ column, asked: index, figure });
			}
		}
		const list = [...expressions].map(([expression, column]) => `${expression} AS ${column}`);
		return {
			base,
			sql: `SELECT unit, ${list.join(', ')} FROM (${ofUnits(base, request, text)}) AS base GROUP BY unit`,
			bound: { ...binder.bound, ...baseParameters(base, request, townships) },
			columns
		};
	});
}

/** The counts of a measure's classes by unit and domain; null where it keeps none. */
export function composeClasses(asked: Asked, text: (base: BaseName) => string): Omit<Composed, 'columns'> | null {
	const { measure, request } = asked;
	if (!measure.classes) return null;
	const binder = new Binder();
	const counts = and(countsCondition(asked, binder), measure.classes.where);
	const list = measure.classes.conditions.map((condition, i) => `count(*) FILTER (${condition}) AS c${i}`);
	return {
		base: measure.base,
		sql: `SELECT unit, domain, ${list.join(', ')} FROM (${ofUnits(measure.base, request, text)}) AS base
		WHERE ${counts} GROUP BY unit, domain`,
		bound: { ...binder.bound, ...baseParameters(measure.base, request, []) }
	};
}

/** What the trace shows of each row of the base: whether it was counted, where it was read, in which parts it is. */
function traceColumns({ measure, request }: Asked, binder: Binder): string {
	const parts = measure.parts.flatMap((part) => {
		const figure = measure.figures[part];
		return figure && 'count' in figure
			? [`coalesce(${binder.text(figure.count, request)}, false) AS "part_${part}"`]
			: [];
	});
	return [
		`coalesce(${binder.text(measure.counted, request)}, false) AS counted`,
		'source_id',
		'source_line',
		'fact_key AS row_key',
		...measure.traceColumns.map((column) => `"${column}"`),
		...parts
	].join(', ');
}

/** The rows behind a tally of one unit: which were counted, which not, and where each was read (rules.md, 8). */
export function composeTrace(
	asked: Asked,
	text: (base: BaseName) => string,
	unit: string
): { sql: string; bound: Record<string, BoundValue> } {
	const { measure, request } = asked;
	const binder = new Binder();
	const counts = countsCondition(asked, binder);
	const columns = traceColumns(asked, binder);
	return {
		sql: `SELECT ${columns} FROM (${ofUnits(measure.base, request, text)}) AS base
		WHERE unit = ${binder.bind(unit)} AND (${counts}) ORDER BY counted, source_id, source_line, row_key`,
		bound: { ...binder.bound, ...baseParameters(measure.base, request, [unit]) }
	};
}

/**
 * The rows of {@link composeTrace} for any number of units, with the column `unit`: a relation for each of
 * `asked`, in no order. One statement may read several of them, because all share the bound values.
 */
export function composeTraces(
	asked: readonly Asked[],
	text: (base: BaseName) => string,
	units: readonly string[]
): { relations: string[]; bound: Readonly<Record<string, BoundValue>> } {
	const binder = new Binder();
	const relations = asked.map((one) => {
		const { measure, request } = one;
		const own = baseParameters(measure.base, request, units);
		// The parameters of a base have the same names in each of its uses, and other values where the windows differ.
		const base = ofUnits(measure.base, request, text).replace(/\$([a-z_]+)\b/g, (_, name: string) =>
			binder.bind(own[name] as BoundValue)
		);
		return `SELECT unit, ${traceColumns(one, binder)} FROM (${base}) AS base
		WHERE unit IN (SELECT unnest(CAST(${binder.bind(units)} AS VARCHAR[]))) AND (${countsCondition(one, binder)})`;
	});
	return { relations, bound: binder.bound };
}
