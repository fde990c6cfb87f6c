/** 打分: for whom something can be entered in a period. */
import type { Actor } from '../../basis/codes.ts';
import { type Period, periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { requireCovered } from '../schemes/load.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { isDirect, lastDayOf } from './score-period.ts';
import { townshipsOn, type Unit, visibleTo } from './units.ts';

/**
 * Refuses a period for which a scheme asks nothing itself, and a scheme of clinics: their marks come in a file that names
 * the clinic.
 * @throws Problem `period_not_covered`, `period_of_parts`, `marks_of_clinics`
 */
export function requireEnterable(scheme: Scheme, period: Period): void {
	requireCovered(scheme, period);
	if (scheme.unit === 'clinic') throw new Problem('marks_of_clinics', { scheme: scheme.id });
	if (!isDirect(scheme, period)) throw new Problem('period_of_parts', { period: periodId(period) });
}

/**
 * The townships of a period that an actor may enter something for.
 * @throws Problem of {@link requireEnterable}, `no_townships`
 */
export async function unitsToEnter(
	{ engine }: Pick<Warehouse, 'engine'>,
	scheme: Scheme,
	period: Period,
	actor: Actor
): Promise<Unit[]> {
	requireEnterable(scheme, period);
	return visibleTo(await townshipsOn(engine, lastDayOf(scheme, period), periodId(period)), actor);
}
