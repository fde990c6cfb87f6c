/** What the form of a mapping says: the names of its fields are those that MappingForm.svelte gives them. */
import type { Kind } from '#lib/intake/kinds/declare.ts';
import { type Assignment, type MappingDraft, unassigned } from '#lib/intake/mapping-draft.ts';
import type { SheetAsked } from '#lib/server/workflows/map-columns.ts';
import { numberOf, textIn } from '../../../asking.ts';

/** `?file=…&sheet=…&kind=…&row=…&mapping=…`; a text file has no sheet. */
export const sheetAsked = (id: string, url: URL): SheetAsked => ({
	id,
	file: url.searchParams.get('file') ?? '',
	sheet: url.searchParams.get('sheet'),
	kind: url.searchParams.get('kind'),
	headerLine: numberOf(url.searchParams.get('row')),
	mapping: url.searchParams.get('mapping')
});

const columnPrefix = 'column:';
const meaningPrefix = 'is:';
/** A mapping lists at most so many words of a field in its form. */
const mostWords = 200;

/** The draft that a form makes for a kind. What it does not say, or says oddly, is as if nothing was said. */
export function draftIn(form: FormData): (kind: Kind) => MappingDraft {
	return (kind) => {
		const order = textIn(form, 'order');
		return {
			kind,
			dateOrder: order === 'mdy' || order === 'dmy' ? order : null,
			lineNumbers: textIn(form, 'lines') === 'on',
			fields: Object.fromEntries(kind.fields.map(({ name }) => [name, assignmentIn(form, name)]))
		};
	};
}

function assignmentIn(form: FormData, field: string): Assignment {
	const from = textIn(form, `from.${field}`);
	const take = textIn(form, `take.${field}`);
	const isColumn = from.startsWith(columnPrefix);
	return {
		...unassigned,
		from: isColumn ? 'column' : from === 'constant' || from === 'subject' ? from : 'nothing',
		header: isColumn ? from.slice(columnPrefix.length) : '',
		take: take === 'first' || take === 'rest' ? take : 'whole',
		at: textIn(form, `at.${field}`),
		constant: textIn(form, `constant.${field}`),
		lookup: lookupIn(form, field)
	};
}

/** The words of a field that were given a meaning. A word comes as JSON, because a form alters its line breaks. */
function lookupIn(form: FormData, field: string): Record<string, string> {
	const lookup: [string, string][] = [];
	for (let i = 0; i < mostWords && form.has(`word.${field}.${i}`); i++) {
		const word = wordIn(textIn(form, `word.${field}.${i}`));
		const means = textIn(form, `means.${field}.${i}`);
		if (word === null || means === '') continue;
		if (means === 'empty') lookup.push([word, '']);
		else if (means.startsWith(meaningPrefix)) lookup.push([word, means.slice(meaningPrefix.length)]);
		else lookup.push([word, means]);
	}
	return Object.fromEntries(lookup);
}

function wordIn(json: string): string | null {
	try {
		const word: unknown = JSON.parse(json);
		return typeof word === 'string' ? word : null;
	} catch {
		return null;
	}
}
