/** 疑似重复: premises and patrols that look like one, for a person to decide on; nothing is merged by itself. */
import { type Actor, ownTownships } from '../../basis/codes.ts';
import { type Day, isoDay } from '../../basis/day.ts';
import type { Double, DoubleKind, DoubleRow, Likeness } from '../../reports/decisions.ts';
import { countOf, type Row, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';

export interface Doubles {
	/** All pairs, by kind. */
	readonly counts: Readonly<Record<DoubleKind, number>>;
	/** The first of them, as many as were asked for of each kind. */
	readonly pairs: readonly Double[];
}

/** The pairs that an actor may see, premises first. Both rows must be of townships that the actor sees. */
export async function listDoubles(
	{ engine }: Pick<Warehouse, 'engine'>,
	{ today, most = null }: { readonly today: Day; readonly most?: number | null },
	actor: Actor
): Promise<Doubles> {
	const townships = ownTownships(actor);
	const subjects = await engine.rows(engine.statement('doubles-of-subjects'), {
		today: isoDay(today),
		townships,
		most
	});
	const patrols = await engine.rows(engine.statement('doubles-of-patrols'), { townships, most });
	return {
		counts: { subject: total(subjects), patrol: total(patrols) },
		pairs: [...subjects.map(pairOfSubjects), ...patrols.map(pairOfPatrols)]
	};
}

const total = (rows: readonly Row[]): number => (rows[0] ? countOf(rows[0]['n']) : 0);

function pairOfSubjects(row: Row): Double {
	const side = (prefix: '' | 'other_'): DoubleRow => ({
		township: textOf(row[`${prefix}township`]),
		id: textOf(row[`${prefix}id`]),
		name: textOf(row[`${prefix}name`]),
		domain: textOf(row[`${prefix}domain`]),
		detail: textOrNull(row[`${prefix}address`]) ?? textOrNull(row[`${prefix}village`]),
		day: textOrNull(row[`${prefix}opened_on`]),
		inspector: null
	});
	return { kind: 'subject', reasons: row['reasons'] as readonly Likeness[], one: side(''), other: side('other_') };
}

function pairOfPatrols(row: Row): Double {
	const side = (prefix: '' | 'other_'): DoubleRow => ({
		township: textOf(row['township']),
		id: textOf(row[`${prefix}id`]),
		name: textOrNull(row['name']) ?? textOf(row['subject']),
		domain: textOf(row[`${prefix}domain`]),
		detail: textOrNull(row[`${prefix}content`]),
		day: textOf(row['patrolled_on']),
		inspector: textOf(row['inspector'])
	});
	return { kind: 'patrol', reasons: ['visit'], one: side(''), other: side('other_') };
}
