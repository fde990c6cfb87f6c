/** What a form says of a field of a draft. */
import type { FormField } from '#lib/messages/scheme-form.ts';

/** The text of a field as it was entered; of boxes the words that are ticked; null where the form did not have it. */
export function given(form: FormData, { path, kind }: Pick<FormField, 'path' | 'kind'>): string | null {
	if (kind === 'checks') {
		// A box that is not ticked is not sent; the hidden field beside them says that they were there.
		if (!form.has(`has ${path}`)) return null;
		return form.getAll(path).join('、');
	}
	const value = form.get(path);
	return typeof value === 'string' ? value : null;
}
