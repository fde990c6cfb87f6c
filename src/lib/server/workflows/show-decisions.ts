/** Absent rows and doubles that wait for a person to decide, as pages show them. */
import { type Actor, inLocale, type Locale, ownTownships } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import type { AbsentReport, AbsentRow, Double, DoublesReport, Share } from '../../reports/decisions.ts';
import { readDomains } from '../schemes/library.ts';
import { type Engine, textOf } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import { listAbsent, type WhichAbsent } from './list-absent.ts';
import { listDoubles } from './list-doubles.ts';

const scopeOf = (actor: Actor): string => String(actor.townships);
const labelOf = (kind: string): Share['label'] => kindNamed(kind)?.label ?? { zh: kind };

/** Rows of a page. */
const rowsOfPage = 100;

/** One page of rows; a page that is not there is the nearest that is. */
function pageOf<T>(rows: readonly T[], asked: number): { rows: readonly T[]; page: number; pages: number } {
	const pages = Math.max(1, Math.ceil(rows.length / rowsOfPage));
	const page = Math.min(Math.max(asked, 1), pages);
	return { rows: rows.slice((page - 1) * rowsOfPage, page * rowsOfPage), page, pages };
}

const allAbsent = (look: Look, actor: Actor): Promise<AbsentRow[]> =>
	look.recall(`absent ${scopeOf(actor)}`, () => listAbsent(look, {}, actor));

/** The open absences of a filter; `batch` is the latest that missed a row. */
export async function absentIn(
	look: Look,
	{ batch = null, kind = null, township = null }: WhichAbsent,
	actor: Actor
): Promise<AbsentRow[]> {
	return (await allAbsent(look, actor)).filter(
		(row) =>
			(batch === null || row.batch === batch) &&
			(kind === null || row.kind === kind) &&
			(township === null || row.township === township)
	);
}

/** How many absences wait, and how many pairs that look like one. */
export async function countDecisions(
	look: Look,
	today: Day,
	actor: Actor
): Promise<{ readonly absent: number; readonly doubles: number }> {
	const { counts } = await allDoubles(look, today, actor);
	return { absent: (await allAbsent(look, actor)).length, doubles: counts.subject + counts.patrol };
}

/** A page of the open absences, with what its filters hold. */
export async function showAbsent(
	look: Look,
	asked: WhichAbsent & { readonly page: number },
	actor: Actor
): Promise<AbsentReport> {
	const { kind = null, township = null } = asked;
	const ofBatch = await absentIn(look, { batch: asked.batch ?? null }, actor);
	const found = await absentIn(look, asked, actor);
	const { rows, page, pages } = pageOf(found, asked.page);
	return {
		total: found.length,
		rows: rows.map((row) => ({ ...row, label: labelOf(row.kind) })),
		page,
		pages,
		kinds: shares(
			ofBatch.filter((row) => township === null || row.township === township),
			(row) => [row.kind, labelOf(row.kind)]
		),
		townships: shares(
			ofBatch.filter((row) => kind === null || row.kind === kind),
			(row) => [row.township, { zh: row.townshipName }]
		),
		targets: await townshipsNow(look.engine, actor)
	};
}

function shares(rows: readonly AbsentRow[], choice: (row: AbsentRow) => [string, Share['label']]): Share[] {
	const groups = Map.groupBy(rows, (row) => choice(row)[0]);
	return [...groups].map(([key, own]) => ({
		key,
		label: own[0] ? choice(own[0])[1] : { zh: key },
		rows: own.length
	}));
}

async function townshipsNow(engine: Engine, actor: Actor): Promise<{ code: string; name: string }[]> {
	const rows = await engine.rows(
		`SELECT township, arg_max(name, coalesce(as_of, DATE '0001-01-01')) AS name FROM fact_township WHERE batch_to IS NULL
		AND ($own IS NULL OR list_contains(CAST($own AS VARCHAR[]), township))
		GROUP BY township HAVING arg_max(ended_on IS NULL, coalesce(as_of, DATE '0001-01-01')) ORDER BY township`,
		{ own: ownTownships(actor) }
	);
	return rows.map((row) => ({ code: textOf(row['township']), name: textOf(row['name']) }));
}

/** Pairs remembered for pages; a home with more has to decide on these first. */
const mostPairs = 5000;

const allDoubles = (look: Look, today: Day, actor: Actor): ReturnType<typeof listDoubles> =>
	look.recall(`doubles ${today} ${scopeOf(actor)}`, () => listDoubles(look, { today, most: mostPairs }, actor));

/** A page of the pairs that look like one, of one kind where it is named. */
export async function showDoubles(
	look: Look,
	{ kind, page: asked, today }: { readonly kind: Double['kind'] | null; readonly page: number; readonly today: Day },
	locale: Locale,
	actor: Actor
): Promise<DoublesReport> {
	const { counts, pairs } = await allDoubles(look, today, actor);
	const { rows, page, pages } = pageOf(
		pairs.filter((pair) => kind === null || pair.kind === kind),
		asked
	);
	const townships = (await townshipNames(look.engine)).map(({ code, name }): [string, string] => [code, name]);
	const domains = readDomains(look.home).map(({ key, name }): [string, string] => [key, inLocale(name, locale)]);
	return { counts, pairs: rows, names: Object.fromEntries([...townships, ...domains]), page, pages };
}

async function townshipNames(engine: Engine): Promise<{ code: string; name: string }[]> {
	const rows = await engine.rows(
		`SELECT township, arg_max(name, coalesce(as_of, DATE '0001-01-01')) AS name FROM fact_township WHERE batch_to IS NULL GROUP BY township`
	);
	return rows.map((row) => ({ code: textOf(row['township']), name: textOf(row['name']) }));
}
