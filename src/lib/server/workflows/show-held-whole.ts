/** The files that are held whole, as pages show them: which cells they would rewrite now. */
import { inLocale, type Locale } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import { fieldLabel, type Kind } from '../../intake/kinds/declare.ts';
import { fieldNamed } from '../../intake/kinds/index.ts';
import type { CellChange, HeldBatch } from '../../reports/decisions.ts';
import { readDomains } from '../schemes/library.ts';
import { countOf, type Engine } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import { weighWholeHeld, type WholeRewrites } from './held-whole.ts';
import type { RewrittenCell } from './revised-cells.ts';

/** Batches with files that are held whole, newest first. */
async function batchesHeldWhole(engine: Engine): Promise<number[]> {
	const rows = await engine.rows(
		`SELECT DISTINCT batch FROM quarantine WHERE status = 'held' AND contains(CAST(problems AS VARCHAR), '"suspicious_revision"')
		ORDER BY batch DESC`
	);
	return rows.map((row) => countOf(row['batch']));
}

/** Batches shown at once; the others follow when these are settled. */
const mostBatches = 5;

/**
 * The files that are held whole and what they would rewrite now: of one batch, or of all.
 * @param visible the batches that the actor may see
 */
export async function showHeldWhole(
	look: Look,
	{
		batch,
		today,
		visible
	}: { readonly batch: number | null; readonly today: Day; readonly visible: readonly number[] },
	locale: Locale
): Promise<HeldBatch[]> {
	const own = (await batchesHeldWhole(look.engine)).filter(
		(one) => visible.includes(one) && (batch === null || one === batch)
	);
	const told: HeldBatch[] = [];
	for (const one of own.slice(0, mostBatches)) {
		const files = await look.recall(`rewrites ${one} ${today}`, () => weighWholeHeld(look, one, today));
		told.push({ batch: one, files: files.map((file) => heldFile(file, look.home, locale)) });
	}
	return told;
}

function heldFile(
	{ file, sheet, kind, rows, count, sample }: WholeRewrites,
	home: string,
	locale: Locale
): HeldBatch['files'][number] {
	const domains = new Map(readDomains(home).map(({ key, name }) => [key as string, inLocale(name, locale)]));
	return {
		file,
		sheet,
		kind: kind.label,
		rows,
		count,
		cells: sample.map((cell) => cellChange(cell, kind, locale, domains))
	};
}

function cellChange(
	{ line, id, field: name, before, after }: RewrittenCell,
	kind: Kind,
	locale: Locale,
	domains: ReadonlyMap<string, string>
): CellChange {
	const field = fieldNamed(kind, name);
	const inWords = (value: string | null): string | null => {
		if (value === null || !field) return value;
		if (field.type === 'domain') return domains.get(value) ?? value;
		if (field.type === 'boolean')
			return locale === 'en' ? (value === 'true' ? 'yes' : 'no') : value === 'true' ? '是' : '否';
		if (field.type === 'choice' && locale === 'zh') return field.choices[value]?.[0] ?? value;
		return value;
	};
	return {
		line,
		id: id.startsWith('#') ? '' : id,
		field: field ? fieldLabel(field) : { zh: name },
		before: inWords(before),
		after: inWords(after)
	};
}
