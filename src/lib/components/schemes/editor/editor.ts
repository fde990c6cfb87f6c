/** The editor of drafts: YAML with completion from the vocabulary, and the marks of the very linter that the server uses. */
import { autocompletion } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import type { Vocabulary } from '#lib/scoring/scheme.ts';
import { completionOf } from './completion.ts';
import { findingsIn } from './lint.ts';

interface Opening {
	readonly place: HTMLElement;
	/** The field that is sent; it follows the editor. */
	readonly field: HTMLTextAreaElement;
	readonly vocabulary: Vocabulary;
	readonly label: string;
}

/** The library's colours are for light paper; these take the place of each in both themes. */
const colours: Readonly<Record<string, string>> = {
	'#940': 'var(--soft)',
	'#a11': 'var(--accent)',
	'#e40': 'var(--accent)',
	'#f00': 'var(--bad)'
};
const highlighting = HighlightStyle.define(
	defaultHighlightStyle.specs.map((spec) => {
		const colour: unknown = spec['color'];
		return typeof colour === 'string' ? { ...spec, color: colours[colour] ?? 'var(--qualified)' } : spec;
	})
);

const look = EditorView.theme({
	'&': {
		border: '1px solid var(--line-strong)',
		borderRadius: 'var(--radius)',
		fontSize: '13px',
		background: 'var(--card)',
		color: 'var(--ink)'
	},
	'.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5', maxHeight: '70vh' },
	'.cm-gutters': { background: 'var(--paper)', color: 'var(--soft)', border: '0' },
	'.cm-content': { caretColor: 'var(--ink)' },
	'.cm-cursor': { borderLeftColor: 'var(--ink)' },
	'.cm-activeLine, .cm-activeLineGutter': { background: 'var(--hover)' },
	'&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--accent-wash) !important' },
	// The library draws its marks with images in data URLs, which the content security policy refuses.
	'.cm-lint-marker': { content: 'none', width: '9px', height: '9px', margin: '5px 0' },
	'.cm-lint-marker-error': { content: 'none', background: 'var(--bad)', borderRadius: '50%' },
	'.cm-lint-marker-warning': { content: 'none', background: 'var(--warn)' },
	'.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--bad)' },
	'.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline dotted var(--warn)' },
	'.cm-tooltip': { background: 'var(--card)', color: 'var(--ink)', border: '1px solid var(--line-strong)' },
	'.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent)', color: 'var(--on-accent)' }
});

/** Opens the editor over a field; gives the way to close it. */
export function openEditor({ place, field, vocabulary, label }: Opening): () => void {
	const marks = linter((view): Diagnostic[] =>
		findingsIn(view.state.doc.toString(), vocabulary).map(({ level, line, message }) => {
			const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
			return { from: at.from, to: at.to, severity: level, message };
		})
	);
	// In a root of its own the library's styles are sheets and no elements: the content security policy refuses those.
	const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
	const view = new EditorView({
		parent: root,
		root,
		state: EditorState.create({
			doc: field.value,
			extensions: [
				syntaxHighlighting(highlighting),
				basicSetup,
				yaml(),
				autocompletion({ override: [completionOf(vocabulary)] }),
				marks,
				lintGutter(),
				look,
				EditorView.contentAttributes.of({ 'aria-label': label }),
				EditorView.updateListener.of((update) => {
					if (update.docChanged) field.value = update.state.doc.toString();
				})
			]
		})
	});
	return () => view.destroy();
}
