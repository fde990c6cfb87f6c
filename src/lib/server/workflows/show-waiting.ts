/** 待导入的文件 for the clerk: what was recognised in them, and what stops an import. */
import type { Actor, Locale } from '../../basis/codes.ts';
import { addDays, isoDay, parseIsoDay } from '../../basis/day.ts';
import { Problem } from '../../basis/problem.ts';
import { columnsToChoose } from '../../intake/mapping-draft.ts';
import { normaliseHeader, notesSheet } from '../../intake/headers.ts';
import { neededHeaders } from '../../intake/mapping.ts';
import { masked } from '../../intake/private-columns.ts';
import { waitingProblemText } from '../../messages/waiting-problem-text.ts';
import { timeInShanghai } from '../../reports/clerk.ts';
import type { WaitingFileShown, WaitingReport, WaitingSheetShown, WaitingSummary } from '../../reports/waiting.ts';
import type { Clock } from './office.ts';
import type { Recognised } from '../../intake/recognise.ts';
import type { ReadFile } from '../workbooks/read-request.ts';
import { refuseUnread } from './recognise-files.ts';
import { daysKept, findWaiting, listWaiting, type WaitingFile, type WaitingFiles } from './waiting-files.ts';
import { lookAtWaiting, sheetsOf, type WaitingSheet } from './waiting-sheets.ts';

/** Rows of a sheet that are shown as they stand. */
const shownRows = 20;
/** Characters of a cell that are shown. */
const shownCell = 60;

/** A cell as a page shows it where it only has to be known again; numbers of people are masked. */
export function cutCell(cell: string | null): string | null {
	if (cell === null) return null;
	const shown = masked(cell);
	return shown.length > shownCell ? `${shown.slice(0, shownCell)}…` : shown;
}

const summaryOf = ({ id, files, receivedAt, receivedOn, actor }: WaitingFiles): WaitingSummary => {
	const received = parseIsoDay(receivedOn);
	return {
		id,
		files: files.map(({ name }) => name),
		size: files.reduce((sum, { size }) => sum + size, 0),
		receivedAt: timeInShanghai(receivedAt),
		keptTo: received === null ? receivedOn : isoDay(addDays(received, daysKept)),
		actor
	};
};

/** What waits, newest first. */
export const showAllWaiting = (home: string, clock: Clock, actor: Actor): WaitingSummary[] =>
	listWaiting(home, clock, actor).map(summaryOf);

/**
 * What waits under an id, file by file.
 * @throws Problem `waiting_unknown`
 */
export async function showWaiting(home: string, id: string, locale: Locale, actor: Actor): Promise<WaitingReport> {
	const waiting = findWaiting(home, id, actor);
	const shown: WaitingFileShown[] = [];
	for (const file of waiting.files) shown.push(await fileShown(home, waiting, file, locale));
	return { ...summaryOf(waiting), shown, ready: shown.every(({ problem }) => problem === null) };
}

async function fileShown(
	home: string,
	waiting: WaitingFiles,
	file: WaitingFile,
	locale: Locale
): Promise<WaitingFileShown> {
	const { name, size, kind, mapping, encoding } = file;
	let files: readonly ReadFile[] = [];
	let problem: string | null = null;
	try {
		files = await lookAtWaiting(home, waiting, file);
		refuseUnread(files, null);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		problem = waitingProblemText(error, locale);
	}
	return {
		name,
		size,
		choice: { kind: kind ?? '', mapping: mapping ?? '', encoding: encoding ?? '' },
		problem,
		sheets: sheetsOf(name, files)
			.filter(({ sheet }) => sheet.sheet !== notesSheet)
			.map(({ sheet, read }) => sheetShown(sheet, read.recognised)),
		hidden: files.flatMap(({ hidden }) => hidden)
	};
}

function sheetShown(sheet: WaitingSheet, found: Recognised | null): WaitingSheetShown {
	return {
		sheet: sheet.sheet,
		encoding: sheet.encoding,
		rows: sheet.rows.length,
		more: sheet.more,
		head: sheet.rows.slice(0, shownRows).map(({ line, cells }) => ({ line, cells: cells.map(cutCell) })),
		recognised: found && recognisedAs(found)
	};
}

function recognisedAs({ kind, headerLine, headers, mapping }: Recognised): WaitingSheetShown['recognised'] {
	const read = new Set(neededHeaders(mapping).map(normaliseHeader));
	const columns = columnsToChoose(headers).map(({ header }) => header);
	const unknown = columns.filter((header) => !read.has(normaliseHeader(header)));
	return {
		kind: kind.label,
		kindName: kind.name,
		headerRow: headerLine,
		mapping: mapping.name === '' ? null : mapping.name,
		columns: columns.length,
		known: columns.length - unknown.length,
		unknown
	};
}
