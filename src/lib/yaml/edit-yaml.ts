/**
 * Changes single values of a document and leaves all else as it stands, comments and layout included: a value that is
 * there is replaced in the text itself, so that a number keeps the very digits that were entered.
 */
import { type Document, isMap, isScalar, parseDocument } from 'yaml';

/** A value at a place; a list of words; null takes the key away. */
export interface Edit {
	readonly path: readonly (string | number)[];
	readonly value: string | readonly string[] | null;
	/** Whether the value is words, which YAML must not take for a number or a truth value. */
	readonly words: boolean;
}

/** Words that YAML reads as nothing else, in a block and between brackets. */
const plain = /^[\p{L}_（][\p{L}\p{N}_（） -]*(?<! )$/u;
const notWords = /^(?:null|true|false)$/i;

/** A word as YAML writes it, in quotes where it needs them. */
const quoted = (text: string): string => (plain.test(text) && !notWords.test(text) ? text : JSON.stringify(text));

const parsed = (text: string): Document.Parsed => parseDocument(text, { version: '1.2', schema: 'core' });

/** The node of a value; a list stands between brackets. */
const nodeFor = ({ value, words }: Edit): unknown => {
	const text =
		typeof value === 'string' ? (words ? quoted(value) : value) : `[${(value ?? []).map(quoted).join(', ')}]`;
	return parsed(text).contents;
};

/** The text with the edits in it. */
export function editYaml(text: string, edits: readonly Edit[]): string {
	const document = parsed(text);
	const places = edits.map((edit) => {
		const node = document.getIn(edit.path, true);
		const replaced = typeof edit.value === 'string' && isScalar(node) && node.range && node.value !== null;
		return { edit, range: replaced ? node.range : null };
	});
	let edited = text;
	const inText = places.flatMap(({ edit, range }) =>
		range ? [{ value: edit.value as string, words: edit.words, range }] : []
	);
	for (const { value, words, range } of inText.sort((a, b) => b.range[0] - a.range[0]))
		edited = edited.slice(0, range[0]) + (words ? quoted(value) : value) + edited.slice(range[1]);
	const rest = places.filter(({ range }) => !range);
	if (rest.length === 0) return edited;
	const anew = parsed(edited);
	for (const { edit } of rest) {
		if (edit.value !== null) anew.setIn(edit.path, nodeFor(edit));
		else if (anew.hasIn(edit.path)) remove(anew, edit.path);
	}
	return anew.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Takes a key away, and the maps around it that it leaves empty. */
function remove(document: Document, path: readonly (string | number)[]): void {
	document.deleteIn(path);
	const around = path.slice(0, -1);
	const map = around.length > 0 ? document.getIn(around, true) : null;
	if (isMap(map) && map.items.length === 0) remove(document, around);
}
