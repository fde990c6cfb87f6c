/** What was noticed as a sheet was read, in sentences: how it was recognised, what was left out, what was passed over. */
import type { Locale } from '../basis/codes.ts';
import type { PassedOver, PassedRow } from '../intake/body.ts';
import { kindNamed } from '../intake/kinds/index.ts';
import type { Confidence } from '../intake/recognise.ts';
import * as m from '../paraglide/messages.js';

/** What a sheet was recognised by, and the saved mapping where one was used. */
type RecognisedBy = Confidence & { readonly mapping: string | null };

export interface NotedSheet {
	readonly encoding: string | null;
	readonly guessed: boolean;
	readonly macros: boolean;
	readonly recognised: RecognisedBy | null;
	readonly passedOver: readonly PassedRow[];
	readonly leftOut: readonly string[];
}

const whyText: Readonly<Record<PassedOver, (inputs: { lines: string }, options: { locale: Locale }) => string>> = {
	totals: m.sheet_passed_totals,
	header: m.sheet_passed_header,
	note: m.sheet_passed_note,
	unfilled: m.sheet_passed_unfilled
};

/** Lines that are named; of more, the first so many. */
const mostNamed = 8;

function passedText(rows: readonly PassedRow[], why: PassedOver, locale: Locale): string[] {
	const lines = rows.filter((row) => row.why === why).map(({ line }) => line);
	if (lines.length === 0) return [];
	const more = lines.length > mostNamed ? (locale === 'zh' ? `等共 ${lines.length}` : ` … (${lines.length})`) : '';
	const named = lines.slice(0, mostNamed).join(locale === 'zh' ? '、' : ', ');
	return [whyText[why]({ lines: named + more }, { locale })];
}

function recognisedText({ known, of, rival, mapping }: RecognisedBy, locale: Locale): string {
	const figures = { known: String(known), of: String(of) };
	if (mapping !== null) return m.sheet_by_mapping({ ...figures, mapping }, { locale });
	if (!rival) return m.sheet_by_header(figures, { locale });
	const label = kindNamed(rival.kind)?.label;
	return m.sheet_by_header_rival(
		{ ...figures, rival: label?.[locale] ?? rival.kind, rivalKnown: String(rival.known) },
		{ locale }
	);
}

/** The sentences, the most telling first. */
export function sheetNoteTexts(sheet: NotedSheet, locale: Locale): string[] {
	const { recognised, leftOut, passedOver, guessed, encoding, macros } = sheet;
	return [
		...(recognised ? [recognisedText(recognised, locale)] : []),
		...(guessed && encoding !== null
			? [m.sheet_encoding_guessed({ encoding: encoding.toUpperCase() }, { locale })]
			: []),
		...(leftOut.length > 0
			? [m.sheet_left_out({ columns: leftOut.join(locale === 'zh' ? '、' : ', ') }, { locale })]
			: []),
		...(['totals', 'header', 'note', 'unfilled'] as const).flatMap((why) => passedText(passedOver, why, locale)),
		...(macros ? [m.sheet_macros({}, { locale })] : [])
	];
}
