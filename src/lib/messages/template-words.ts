/** The words of the workbooks to fill in. They are Chinese, as the offices are that fill them in. */
import type { Domain } from '../intake/domains.ts';
import { lineNumberHeader, notesSheet } from '../intake/headers.ts';
import type { Field, Kind } from '../intake/kinds/declare.ts';
import { exampleOf } from '../intake/kinds/examples.ts';
import { fieldsToFill } from '../intake/kinds/index.ts';
import { formatOf, problemsOf, takesOf, type Takes, type Template } from '../intake/template.ts';
import * as m from '../paraglide/messages.js';
import { rowProblemText } from './problem-text.ts';

const locale = 'zh';
const zh = { locale } as const;

/** The name under which a template is saved: 巡查登记（模板）.xlsx. */
export const templateFile = (kind: Kind): string => m.template_file({ kind: kind.label[locale] }, zh);

const headerOf = ({ headers, name }: Field): string => headers[0] ?? name;

/** What is written in a field that names something by its id or key, by kind and field or by field alone. */
const references: Readonly<Record<string, () => string>> = {
	'patrol.subject': () => m.template_form_subject({}, zh),
	'finding.patrol': () => m.template_form_patrol({}, zh),
	'township.merged_into': () => m.template_form_merged({}, zh),
	'figure.key': () => m.template_form_figure({}, zh),
	'disbursement.plan': () => m.template_form_plan({}, zh),
	'disbursement.tranche': () => m.template_form_tranche({}, zh),
	indicator: () => m.template_form_indicator({}, zh),
	id: () => m.template_form_id({}, zh)
};

/** How a field is filled in. */
function formOf(kind: Kind, field: Field): string {
	switch (field.type) {
		case 'text': {
			const own = references[`${kind.name}.${field.name}`] ?? references[field.name];
			const form = own?.() ?? m.template_form_text({}, zh);
			const isNumbered = field.name === 'id' && headerOf(field) === lineNumberHeader;
			return isNumbered ? form + m.template_form_line_number({}, zh) : form;
		}
		case 'date': {
			const earliest = { earliest: field.earliest };
			return field.mayBeFuture ? m.template_form_planned(earliest, zh) : m.template_form_date(earliest, zh);
		}
		case 'count':
			return m.template_form_count({}, zh) + absentOf(kind, field);
		case 'decimal':
			return m.template_form_decimal({}, zh);
		case 'money':
			return m.template_form_money({}, zh);
		case 'boolean':
			return m.template_form_boolean({}, zh);
		case 'choice':
			return m.template_form_choice({}, zh);
		case 'township':
			return m.template_form_township({}, zh);
		case 'domain':
			return m.template_form_domain({}, zh);
		case 'period':
			return m.template_form_period({}, zh);
		case 'covers':
			return m.template_form_covers({}, zh);
		case 'flag':
			return m.template_form_flag({}, zh);
	}
}

/** What an empty count stands for, where it stands for one. */
function absentOf(kind: Kind, { absentMeans }: Field): string {
	const text = kind.fields.find(({ name }) => name === absentMeans?.text);
	if (!absentMeans || !text) return '';
	return m.template_form_absent({ field: headerOf(text), words: absentMeans.nothing.join(' ') }, zh);
}

/** A cell that a check speaks of; which one it is does not matter. */
const someCell = '…';

const saysOf = (kind: Kind, field: Field): string[] =>
	problemsOf(kind, field).map((code) => rowProblemText(code, { kind, field, value: someCell }, locale));

const wordsOf = (takes: Takes): string => (takes.type === 'list' ? takes.words.join('、') : '');

/** The template of a kind. */
export function templateOf(kind: Kind, domains: readonly Domain[]): Template {
	const columns = fieldsToFill(kind).map((field) => {
		const required = field.required ? m.template_required({}, zh) : m.template_optional({}, zh);
		const takes = takesOf(field, domains);
		const form = formOf(kind, field);
		const example = exampleOf(kind, field);
		const says = saysOf(kind, field);
		return {
			header: headerOf(field),
			required: field.required,
			format: formatOf(field),
			takes,
			prompt: m.template_prompt({ required, form, example }, zh),
			refusal: says[field.required ? 1 : 0] ?? form,
			notes: [
				headerOf(field),
				field.headers.slice(1).join('、'),
				required,
				form,
				wordsOf(takes),
				example,
				says.join('\n')
			]
		};
	});
	return {
		sheet: kind.label[locale],
		columns,
		notes: {
			sheet: notesSheet,
			headers: [
				m.template_column_header({}, zh),
				m.template_column_others({}, zh),
				m.template_column_required({}, zh),
				m.template_column_form({}, zh),
				m.template_column_words({}, zh),
				m.template_column_example({}, zh),
				m.template_column_checks({}, zh)
			],
			rows: columns.map(({ notes }) => notes)
		}
	};
}
