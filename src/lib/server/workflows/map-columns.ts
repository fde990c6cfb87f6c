/** 指定各列: which column of a waiting sheet is which field, with what comes of it at once. */
import { type Actor, inLocale, type Locale } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import { guessDraft, likeliestHeader, likeliestKind } from '../../intake/guess-columns.ts';
import { normaliseHeader } from '../../intake/headers.ts';
import type { Column } from '../../intake/mapping.ts';
import {
	canFollowSubject,
	columnsToChoose,
	draftOf,
	hasIds,
	type MappingDraft,
	mappingOf
} from '../../intake/mapping-draft.ts';
import { fieldLabel, type Kind } from '../../intake/kinds/declare.ts';
import { kindNamed, kinds } from '../../intake/kinds/index.ts';
import { meaningsOf } from '../../intake/meanings.ts';
import type { MappingReport } from '../../reports/waiting.ts';
import { readDomains, readMapping, shelfNames } from '../schemes/library.ts';
import { type Engine, textOf } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import { cellContext } from './cell-context.ts';
import type { Clock } from './office.ts';
import { previewMapping } from './preview-mapping.ts';
import { cutCell } from './show-waiting.ts';
import { findWaiting, pathOf } from './waiting-files.ts';
import { openWaiting, type WaitingSheet } from './waiting-sheets.ts';
import { headerDepth } from '../workbooks/read-request.ts';

/** A sheet that waits, and what the clerk has said of it before any column. */
export interface SheetAsked {
	readonly id: string;
	readonly file: string;
	/** Null for a text file. */
	readonly sheet: string | null;
	/** Null where the likeliest is wanted. */
	readonly kind: string | null;
	/** The line of the header; null where the likeliest is wanted. */
	readonly headerLine: number | null;
	/** A mapping from which to start; null where the headers tell all that is known. */
	readonly mapping?: string | null;
}

/** A sheet with its header and its kind. */
export interface SheetFound {
	readonly sheet: WaitingSheet;
	readonly kind: Kind;
	readonly headerLine: number;
	readonly headers: readonly (string | null)[];
}

/** Samples of a column. */
const shownSamples = 3;
/** What a clerk maps who has named no kind and whose headers tell none. */
const usual = 'patrol';

/**
 * Finds a waiting sheet with the header and the kind that were asked for, or the likeliest.
 * @throws Problem `waiting_unknown`, `sheet_unknown`, `kind_unknown`, `file_empty`; of {@link openWaiting}
 */
export async function findSheet(home: string, asked: SheetAsked, actor: Actor): Promise<SheetFound> {
	const waiting = findWaiting(home, asked.id, actor);
	const file = waiting.files.find(({ name }) => name === asked.file);
	if (!file) throw new Problem('waiting_unknown');
	const sheets = await openWaiting(pathOf(home, waiting, file), file);
	const sheet = sheets.find((one) => one.sheet === asked.sheet);
	if (!sheet) {
		const known = sheets.map(({ sheet }) => sheet ?? '').join(', ');
		throw new Problem('sheet_unknown', { sheet: asked.sheet ?? '', known }, { file: file.name });
	}
	const wanted = asked.kind === null ? null : kindNamed(asked.kind);
	if (wanted === undefined)
		throw new Problem('kind_unknown', { kind: asked.kind ?? '', known: kinds.map(({ name }) => name).join(', ') });
	const head = sheet.rows.slice(0, headerDepth);
	const header = head.find(({ line }) => line === asked.headerLine) ?? likeliestHeader(wanted ? [wanted] : kinds, head);
	if (!header) throw new Problem('file_empty', {}, { file: file.name, sheet: sheet.sheet });
	const kind = wanted ?? likeliestKind(kinds, header.cells) ?? (kindNamed(usual) as Kind);
	return { sheet, kind, headerLine: header.line, headers: header.cells };
}

async function registeredNames(engine: Engine): Promise<{ code: string; name: string }[]> {
	const rows = await engine.rows(
		`SELECT township AS code, arg_max(name, batch_from) AS name FROM fact_township
		WHERE batch_to IS NULL AND ended_on IS NULL GROUP BY township ORDER BY township`
	);
	return rows.map((row) => ({ code: textOf(row['code']), name: textOf(row['name']) }));
}

/**
 * The columns of a waiting sheet and what is said of them, with the rows as they would be read.
 * @param draft makes what the clerk has said of the columns; null where nothing was said yet
 * @throws Problem of {@link findSheet}
 */
export async function mapColumns(
	look: Pick<Look, 'engine' | 'home'>,
	asked: SheetAsked,
	draft: ((kind: Kind) => MappingDraft) | null,
	{ clock, locale }: { readonly clock: Clock; readonly locale: Locale },
	actor: Actor
): Promise<MappingReport> {
	const found = await findSheet(look.home, asked, actor);
	const { sheet, kind, headerLine, headers } = found;
	const guess = guessDraft(kind, headers);
	const said = draft?.(kind) ?? startFrom(look.home, asked, found) ?? guess;
	const mapping = mappingOf(said, '', headers);
	const context = await cellContext(look, clock.today(), said.dateOrder, sheet.date1904);
	const words = { domains: readDomains(look.home), townships: await registeredNames(look.engine) };
	const below = sheet.rows.filter(({ line }) => line > headerLine);
	return {
		file: asked.file,
		sheet: sheet.sheet,
		kind: kind.name,
		headerRow: headerLine,
		head: sheet.rows
			.slice(0, headerDepth)
			.map(({ line, cells }) => ({ line, text: cutCell(cells.filter((cell) => cell !== null).join(' | ')) ?? '' })),
		columns: columnsToChoose(headers).map(({ header, at }) => ({ header, samples: samplesOf(below, at) })),
		fields: kind.fields.map((field) => {
			const { name, required } = field;
			const assignment = said.fields[name];
			const isGuess = guess.fields[name]?.guessed === true && assignment?.header === guess.fields[name].header;
			return {
				name,
				label: inLocale(fieldLabel(field), locale),
				required,
				assignment: { from: 'nothing', header: '', take: 'whole', at: '', constant: '', ...assignment },
				guessed: isGuess && assignment.from === 'column',
				meanings: meaningsOf(field, words, locale) ?? [],
				followsSubject: field.type === 'township' && canFollowSubject(kind)
			};
		}),
		hasIds: hasIds(kind),
		lineNumbers: said.lineNumbers,
		dateOrder: said.dateOrder ?? '',
		preview: previewMapping(sheet, { kind, mapping, headers, headerLine, context, words, locale })
	};
}

/** The draft of the mapping from which to start, with the headers as they stand in this sheet. */
function startFrom(home: string, { mapping: name }: SheetAsked, { kind, headers }: SheetFound): MappingDraft | null {
	if (!name || !shelfNames('mappings', home).includes(name)) return null;
	const mapping = readMapping(name, home);
	if (mapping.kind !== kind.name) return null;
	const standing = new Map(columnsToChoose(headers).map(({ header }) => [normaliseHeader(header), header]));
	const columns = Object.entries(mapping.columns).map(([field, column]): [string, Column] => [
		field,
		'header' in column ? { ...column, header: standing.get(normaliseHeader(column.header)) ?? '' } : column
	]);
	return draftOf({ ...mapping, columns: Object.fromEntries(columns) }, kind);
}

/** The first different cells of a column. */
function samplesOf(rows: WaitingSheet['rows'], at: number): string[] {
	const samples = new Set<string>();
	for (const { cells } of rows) {
		const cell = cutCell(cells[at]?.trim() ?? null);
		if (cell !== null && cell !== '') samples.add(cell);
		if (samples.size >= shownSamples) break;
	}
	return [...samples];
}
