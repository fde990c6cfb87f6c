import { trendRows } from '#lib/reports/analyst.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { trendAsked } from '../trends/trend-asked.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const { report, nameOf, fileName } = await trendAsked(event);
	return new Response(csvText(trendRows(report.series, nameOf)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${fileName}.csv"`
		}
	});
};
