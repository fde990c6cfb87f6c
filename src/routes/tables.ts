/** Tables for other programs, at the address of the view with another ending. */
import { csvText } from '#lib/server/workbooks/write-csv.ts';

/** A table as CSV with a BOM; formulas in its cells are made harmless. The file is named as its view. */
export const csvResponse = (name: string, rows: readonly (readonly (string | null)[])[]): Response =>
	new Response(csvText(rows.map((row) => [...row])), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}.csv"`
		}
	});

/** A report as JSON: scores and money are text, as the commands give them. */
export const jsonResponse = (report: unknown): Response =>
	new Response(`${JSON.stringify(report)}\n`, { headers: { 'content-type': 'application/json; charset=utf-8' } });
