/** Which days an import touched, so that only tallies over them are taken again. */
import { endOf, parsePeriod, startOf } from '../../basis/period.ts';
import { isoDay } from '../../basis/day.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { type Engine, textOf } from '../warehouse/engine.ts';

/** The columns of days by which measures find a row, where a kind has such days. */
const days: Readonly<Record<string, readonly string[]>> = {
	patrol: ['patrolled_on', 'rectify_by'],
	clue: ['found_on'],
	activity: ['held_on'],
	complaint: ['due_on'],
	spot_check: ['checked_on'],
	disbursement: ['on']
};

/** The period by which measures find a row, where a kind has one. */
const periods: Readonly<Record<string, string>> = {
	submission: 'covers',
	mark: 'period',
	deduction: 'period',
	figure: 'period'
};

const ofBatch = 'WHERE batch_from = $batch OR batch_to = $batch';

/** Records what a batch changed of a kind: months, stretches of periods, or (registers, findings) everything. */
export async function markTouched(engine: Engine, kind: Kind, batch: number): Promise<void> {
	const dated = days[kind.name];
	if (dated) {
		const distinct = dated
			.map((column) => `SELECT "${column}" AS day FROM fact_${kind.name} ${ofBatch}`)
			.join(' UNION ');
		await engine.run(
			`INSERT INTO touched SELECT DISTINCT '${kind.name}', CAST(date_trunc('month', day) AS DATE), last_day(day), $batch
			FROM (${distinct}) WHERE day IS NOT NULL`,
			{ batch }
		);
		return;
	}
	const column = periods[kind.name];
	if (!column) {
		await engine.run(
			`INSERT INTO touched SELECT '${kind.name}', NULL, NULL, $batch FROM fact_${kind.name} ${ofBatch} LIMIT 1`,
			{ batch }
		);
		return;
	}
	const rows = await engine.rows(`SELECT DISTINCT ${column} AS period FROM fact_${kind.name} ${ofBatch}`, { batch });
	await engine.appendText(
		'touched',
		rows.map((row) => {
			const period = parsePeriod(textOf(row['period']));
			if (!period) throw new Error(`fact_${kind.name} has the period ${String(row['period'])}`);
			return [kind.name, isoDay(startOf(period)), isoDay(endOf(period)), String(batch)];
		})
	);
}
