import { batchList } from '#lib/components/data/title.ts';
import * as m from '#lib/paraglide/messages.js';
import { showBatches } from '#lib/server/workflows/show-batches.ts';
import { looking } from '../../looking.ts';
import { csvResponse } from '../../tables.ts';
import type { RequestHandler } from './$types';

/** All batches, newest first. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look) => {
		const batches = await showBatches(look, event.locals.actor);
		const head = [
			m.data_column_batch(),
			m.data_column_act(),
			m.data_column_when(),
			m.data_column_who(),
			m.data_column_files(),
			m.data_column_read(),
			m.data_column_added(),
			m.data_column_revised(),
			m.data_column_withdrawn(),
			m.data_column_unchanged(),
			m.data_column_quarantined(),
			m.data_column_still_held(),
			m.data_column_released(),
			m.data_column_undone_by(),
			m.data_column_undoes(),
			m.data_column_reason()
		];
		const rows = batches.map((one) => [
			String(one.batch),
			one.act === 'import' ? m.data_act_import() : m.data_act_undo(),
			one.actedAt,
			one.actor,
			one.files.join(m.data_list_and()),
			...(one.act === 'rollback'
				? Array<null>(8).fill(null)
				: [
						one.read,
						one.added,
						one.revised,
						one.withdrawn,
						one.unchanged,
						one.quarantined,
						one.stillHeld,
						one.released
					].map(String)),
			one.undoneBy === null ? null : String(one.undoneBy),
			batchList(one.undoes),
			one.reason
		]);
		return csvResponse('batches', [head, ...rows]);
	});
