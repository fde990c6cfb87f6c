/** 计算指标: takes tallies, all measures over one base in one scan, and keeps them until an import touches them. */
import { parseDecimal, type Fraction, fromExact, sum, toExact, zero, whole, fraction } from '../../basis/fraction.ts';
import { isoDay } from '../../basis/day.ts';
import { periodId, quartersIn } from '../../basis/period.ts';
import { measureNamed } from '../../measures/catalogue/index.ts';
import { type Asked, composeClasses, composeTallies } from '../../measures/compose.ts';
import {
	type BaseName,
	bases,
	type Figures,
	type Measure,
	type MeasuredUnit,
	notApplicable,
	type Tally
} from '../../measures/declare.ts';
import { canonicalParameters, type TallyRequest, tallyRequest } from '../../measures/request.ts';
import { type Cell, countOf, type Engine, type Row, textOf, textOrNull } from '../warehouse/engine.ts';

/** Tallies of one request by township code. */
export type Tallies = ReadonlyMap<string, Tally>;

/** The settings of a scheme that a measure reads, for the identity of its tallies. */
function relevantSettings(measure: Measure, { settings, quarters, period }: TallyRequest): Record<string, unknown> {
	const read: Record<string, unknown> = {};
	if (measure.base === 'forms') {
		read['forms'] = settings.forms;
		if (settings.roll !== 'none') read['roll'] = settings.roll;
	}
	if (measure.name === 'patrol_coverage' || measure.name === 'patrol_completion')
		read['grace_days'] = settings.graceDays;
	if (measure.name === 'patrol_completion') {
		read['visits_per_quarter'] = settings.visitsPerQuarter;
		read['quarters'] = quarters;
	}
	if (measure.name === 'workload') read['workload'] = settings.workload;
	// What is entered for a period is found by its name, not by its days.
	if (bases[measure.base].binds.some((name) => name === 'period')) read['period'] = periodId(period);
	return read;
}

/** A request with its declaration and the canonical text that identifies its tallies. */
export interface Identified extends Asked {
	readonly parameters: string;
}

/** Identifies a request; an unknown measure cannot be asked for, as schemes are checked. */
export function identify(request: TallyRequest): Identified {
	const measure = measureNamed(request.measure);
	if (!measure) throw new RangeError(`no measure ${request.measure}`);
	return { measure, request, parameters: canonicalParameters(request, relevantSettings(measure, request)) };
}

/** The identity of a request's tallies. */
const idOf = ({ measure, parameters }: Identified): string => `${measure.name} ${parameters}`;

/** A number of the engine as a fraction. */
const figureOf = (cell: Cell | undefined): Fraction => {
	if (typeof cell === 'bigint' || typeof cell === 'number') return fraction(BigInt(cell));
	const value = parseDecimal(textOf(cell));
	if (!value) throw new TypeError(`not a number: ${String(cell)}`);
	return value;
};

/** Computes tallies from the facts. `best` gives what is still possible in a running period. */
export async function computeTallies(
	engine: Engine,
	asked: readonly Asked[],
	units: readonly MeasuredUnit[],
	best = false
): Promise<Map<string, Tally>[]> {
	const text = (base: BaseName): string => engine.base(base);
	const codes = units.map(({ code }) => code);
	const figures = asked.map(() => new Map<string, Map<string, Fraction>>());
	for (const statement of composeTallies(asked, text, codes, best)) {
		for (const row of await engine.rows(statement.sql, statement.bound)) {
			const code = textOf(row['unit']);
			for (const { column, asked: index, figure } of statement.columns) {
				const own = figures[index]?.get(code) ?? new Map<string, Fraction>();
				own.set(figure, figureOf(row[column]));
				figures[index]?.set(code, own);
			}
		}
	}
	return asked.map(({ measure, request }, index) => {
		const tallies = new Map<string, Tally>();
		for (const unit of units) {
			const own = figures[index]?.get(unit.code);
			const figureNamed: Figures = (name) => own?.get(name) ?? zero;
			tallies.set(unit.code, measure.finish(figureNamed, unit, request));
			if (best && typeof measure.prospect !== 'string')
				tallies.set(unit.code, bestOf(tallies.get(unit.code) as Tally, figureNamed('lost')));
		}
		return tallies;
	});
}

/** What a tally can still become when all but the lost rows turn out well. */
function bestOf(tally: Tally, lost: Fraction): Tally {
	const n = fraction(tally.d.n * lost.d - lost.n * tally.d.d, tally.d.d * lost.d);
	return { ...tally, n, parts: { ...tally.parts, short: lost } };
}

/** By domain, how many subjects had 0, 1, … visits, for the measures that keep it. */
async function computeClasses(engine: Engine, asked: Asked): Promise<Map<string, Record<string, number[]>> | null> {
	const statement = composeClasses(asked, (base) => engine.base(base));
	if (!statement) return null;
	const visits = new Map<string, Record<string, number[]>>();
	const classes = asked.measure.classes?.conditions.length ?? 0;
	for (const row of await engine.rows(statement.sql, statement.bound)) {
		const own = visits.get(textOf(row['unit'])) ?? {};
		own[textOf(row['domain'])] = Array.from({ length: classes }, (_, i) => countOf(row[`c${i}`]));
		visits.set(textOf(row['unit']), own);
	}
	return visits;
}

/** The kinds of fact on which a measure's tallies depend. */
const kindsOf = ({ measure, request }: Asked): string[] => [
	...(request.settings.unit === 'clinic' ? ['clinic'] : []),
	...new Set(
		[measure.base, ...(measure.otherBases ?? []).map(({ base }) => base)].flatMap((base) => [
			...bases[base].kinds,
			'township'
		])
	)
];

/** The condition that a kept row is of one of some identities, bound by {@link identities}. */
const isOne = '(measure, parameters) IN (SELECT unnest($measures), unnest($parameters))';

const identities = (some: readonly Identified[]): { measures: string[]; parameters: string[] } => ({
	measures: some.map(({ measure }) => measure.name),
	parameters: some.map(({ parameters }) => parameters)
});

/** The identity of a kept row. */
const idIn = (row: Row): string => `${textOf(row['measure'])} ${textOf(row['parameters'])}`;

/** Which of the tallies are kept and still true: no later import touched their kinds within their window. */
async function kept(engine: Engine, wanted: readonly Identified[]): Promise<Set<Identified>> {
	const rows = await engine.rows(
		`SELECT measure, parameters, max(batch) AS batch FROM tally_taken WHERE ${isOne} GROUP BY measure, parameters`,
		identities(wanted)
	);
	const taken = new Map(rows.map((row) => [idIn(row), countOf(row['batch'])]));
	if (taken.size === 0) return new Set();
	const touched = await engine.rows(
		`SELECT kind, CAST(from_day AS VARCHAR) AS "from", CAST(to_day AS VARCHAR) AS "to", batch FROM touched WHERE batch > $oldest`,
		{ oldest: Math.min(...taken.values()) }
	);
	return new Set(
		wanted.filter((one) => {
			const batch = taken.get(idOf(one));
			if (batch === undefined) return false;
			const kinds = kindsOf(one);
			// ISO days compare as text.
			const [start, end] = [isoDay(one.request.window.start), isoDay(one.request.window.end)];
			return !touched.some(
				(row) =>
					countOf(row['batch']) > batch &&
					kinds.includes(textOf(row['kind'])) &&
					(textOrNull(row['from']) ?? start) <= end &&
					(textOrNull(row['to']) ?? end) >= start
			);
		})
	);
}

/**
 * The tallies of requests for units, from those kept where they are still true, otherwise computed and kept.
 * Requests for the same figures are answered once. A year's workload is the sum of its quarters (rules.md, 3).
 */
export async function takeTallies(
	engine: Engine,
	requests: readonly TallyRequest[],
	units: readonly MeasuredUnit[]
): Promise<Tallies[]> {
	const answers: (Tallies | null)[] = requests.map(() => null);
	const yearly = requests.map((request) =>
		request.measure === 'workload' && request.period.kind === 'year' && request.asOf === null
			? quarterly(request)
			: null
	);
	const plain = requests.flatMap((request, index) => yearly[index] ?? [request]).map(identify);
	const unique = new Map(plain.map((one) => [idOf(one), one]));
	const wanted = [...unique.values()];
	const fresh = await kept(engine, wanted);
	const found = new Map<string, Tallies>();
	if (fresh.size > 0) {
		for (const [id, tallies] of await readTallies(engine, [...fresh])) {
			// Kept for other units (those of the year's end, say), they do not answer for these.
			if (units.every(({ code }) => tallies.has(code))) found.set(id, tallies);
		}
	}
	const stale = wanted.filter((one) => !found.has(idOf(one)));
	if (stale.length > 0) {
		const computed = await computeTallies(engine, stale, units);
		for (const [index, one] of stale.entries()) {
			const visits = await computeClasses(engine, one);
			const tallies = computed[index] as Map<string, Tally>;
			if (visits) for (const [code, tally] of tallies) tallies.set(code, { ...tally, visits: visits.get(code) ?? {} });
			found.set(idOf(one), tallies);
		}
		// Counted over the facts up to this batch: kept later, by another connection, they must not pass for newer.
		const batch = await lastBatch(engine);
		await engine.keep((keeper) => storeTallies(keeper, stale, found, batch));
	}
	let place = 0;
	for (const [index, parts] of yearly.entries()) {
		const own = plain.slice(place, place + (parts?.length ?? 1)).map((one) => found.get(idOf(one)) as Tallies);
		place += parts?.length ?? 1;
		answers[index] = parts ? summed(own, units) : (own[0] as Tallies);
	}
	return answers as Tallies[];
}

const quarterly = ({ measure, period, settings, parameters }: TallyRequest): TallyRequest[] =>
	quartersIn(period).map((quarter) => tallyRequest(measure, quarter, settings, parameters));

function summed(quarters: readonly Tallies[], units: readonly MeasuredUnit[]): Tallies {
	return new Map(
		units.map(({ code }) => {
			const own = quarters.map((tallies) => tallies.get(code) ?? notApplicable);
			const n = sum(own.map((tally) => tally.n));
			const short = n.n >= n.d ? zero : fraction(n.d - n.n, n.d);
			return [code, { n, d: whole(1), parts: { short }, state: 'ok' } satisfies Tally];
		})
	);
}

/** A kept tally as the statement of {@link readTallies} writes it: code, n, d, parts, visits, state. */
type KeptTally = readonly [string, string, string, string, string | null, string];

/**
 * Reads kept tallies. All units of a request come as one text: a province has many thousand small cells, and the
 * engine's driver takes each by itself, which cost ten times as long.
 */
async function readTallies(engine: Engine, wanted: readonly Identified[]): Promise<Map<string, Tallies>> {
	const found = new Map<string, Tallies>(wanted.map((one) => [idOf(one), new Map()]));
	const rows = await engine.rows(
		`SELECT measure, parameters,
			CAST(to_json(list([code, n, d, CAST(parts AS VARCHAR), CAST(visits AS VARCHAR), state])) AS VARCHAR) AS tallies
		FROM tally WHERE ${isOne} GROUP BY measure, parameters`,
		identities(wanted)
	);
	// Most figures are small counts, the same again and again.
	const figure = once(fromExact);
	const figures = once((text) => mapFigures(JSON.parse(text) as Record<string, string>, figure));
	for (const row of rows) {
		const own = new Map<string, Tally>();
		for (const [code, n, d, parts, visits, state] of JSON.parse(textOf(row['tallies'])) as KeptTally[])
			own.set(code, {
				n: figure(n),
				d: figure(d),
				parts: figures(parts),
				state: state as Tally['state'],
				...(visits === null ? {} : { visits: JSON.parse(visits) as Record<string, number[]> })
			});
		found.set(idIn(row), own);
	}
	return found;
}

/** Reads each text once, however often it comes. What is read is never changed, so that it can be shared. */
function once<T>(read: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		let value = known.get(text);
		if (value === undefined) {
			value = read(text);
			known.set(text, value);
		}
		return value;
	};
}

function mapFigures<A, B>(figures: Readonly<Record<string, A>>, to: (figure: A) => B): Record<string, B> {
	const mapped: Record<string, B> = {};
	for (const name in figures) mapped[name] = to(figures[name] as A);
	return mapped;
}

async function storeTallies(
	engine: Engine,
	stale: readonly Identified[],
	found: ReadonlyMap<string, Tallies>,
	batch: number
): Promise<void> {
	await engine.transaction(async () => {
		await engine.run(`DELETE FROM tally WHERE ${isOne}`, identities(stale));
		await engine.run(`DELETE FROM tally_taken WHERE ${isOne}`, identities(stale));
		await engine.appendText('tally', tallyRows(stale, found));
		await engine.appendText('tally_taken', takenRows(stale, batch));
	});
}

function* tallyRows(stale: readonly Identified[], found: ReadonlyMap<string, Tallies>): Generator<(string | null)[]> {
	for (const one of stale)
		for (const [code, { n, d, parts, visits, state }] of found.get(idOf(one)) ?? [])
			yield [
				code,
				one.measure.name,
				one.parameters,
				periodId(one.request.period),
				toExact(n),
				toExact(d),
				JSON.stringify(mapFigures(parts, toExact)),
				visits ? JSON.stringify(visits) : null,
				state
			];
}

async function lastBatch(engine: Engine): Promise<number> {
	const [row] = await engine.rows('SELECT coalesce(max(batch), 0) AS batch FROM batch');
	return countOf(row?.['batch']);
}

const takenRows = (stale: readonly Identified[], batch: number): string[][] =>
	stale.map(({ measure, request, parameters }) => [measure.name, parameters, periodId(request.period), String(batch)]);
