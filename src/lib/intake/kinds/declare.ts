/**
 * What a kind of fact is: its fields with their headers, its key and its dates. Forms, templates, checks,
 * tables and documentation are made from these declarations, so that each header stands in one place.
 */
import type { Bilingual } from '../../basis/codes.ts';

export type FieldType =
	| { readonly type: 'text' }
	| { readonly type: 'date'; readonly earliest: '2000-01-01' | '1900-01-01'; readonly mayBeFuture: boolean }
	| { readonly type: 'count' }
	| { readonly type: 'decimal' }
	| { readonly type: 'money' }
	| { readonly type: 'boolean' }
	| { readonly type: 'choice'; readonly choices: Readonly<Record<string, readonly string[]>> }
	| { readonly type: 'township' }
	| { readonly type: 'domain' }
	| { readonly type: 'period' }
	| { readonly type: 'covers' }
	| { readonly type: 'flag' };

export type Field = FieldType & {
	/** The English key: always accepted as a header, and the name of the column in views and JSON. */
	readonly name: string;
	/** Chinese headers, the first wins; it is also the field's name in the interface. */
	readonly headers: readonly string[];
	readonly required: boolean;
	readonly en: string;
	/** Where the field is absent: 0 if that text field is empty or says that nothing was found, otherwise 1. */
	readonly absentMeans?: { readonly text: string; readonly nothing: readonly string[] };
	/** What the other cells of its row are checked against: it is no part of the fact, and nothing compares or keeps it. */
	readonly onlyChecks?: true;
};

/** The name of a field as the reader's files have it. */
export const fieldLabel = ({ headers, name, en }: Pick<Field, 'headers' | 'name' | 'en'>): Required<Bilingual> => ({
	zh: headers[0] ?? name,
	en
});

export interface Kind {
	readonly name: string;
	readonly label: Required<Bilingual>;
	/** Fields that make the key beside kind and township (rules.md, 2, Keys). */
	readonly key: readonly string[];
	/** The date that puts a row into its period; changing it without a flag makes a file suspicious. */
	readonly eventDate: string | null;
	readonly fields: readonly Field[];
	/**
	 * What is written into the lines of a form that was printed beforehand: a line in which all of these are empty states
	 * no fact yet. Kinds without it have no such form.
	 */
	readonly writtenIn?: readonly string[];
	/** A number that may not be above that of another field, where the row has both: points above those of the indicator. */
	readonly atMost?: { readonly field: string; readonly bound: string };
	/** The field that says what a row is entered for, of kinds that people enter with their name. */
	readonly enteredFor?: string;
}

interface Options {
	readonly required?: boolean;
}
const field = (type: FieldType, name: string, en: string, headers: readonly string[], required = false): Field => ({
	...type,
	name,
	en,
	headers,
	required
});

type Declare = (name: string, en: string, headers: readonly string[], options?: Options) => Field;
const declareAs =
	(type: FieldType): Declare =>
	(name, en, headers, options) =>
		field(type, name, en, headers, options?.required);

export const text = declareAs({ type: 'text' });
export const count = declareAs({ type: 'count' });
export const decimals = declareAs({ type: 'decimal' });
export const money = declareAs({ type: 'money' });
export const flagged = declareAs({ type: 'boolean' });
export const pastDate = declareAs({ type: 'date', earliest: '2000-01-01', mayBeFuture: false });
/** Dates of a premises' life reach back before 2000. */
export const oldDate = declareAs({ type: 'date', earliest: '1900-01-01', mayBeFuture: false });
/** Deadlines and ends that are known beforehand. */
export const plannedDate = declareAs({ type: 'date', earliest: '2000-01-01', mayBeFuture: true });
export const assessmentPeriod = declareAs({ type: 'period' });
export const formPeriod = declareAs({ type: 'covers' });

/** A field with a closed list of values; `choices` gives the Chinese words of each. */
export const choice = (
	name: string,
	en: string,
	headers: readonly string[],
	choices: Readonly<Record<string, readonly string[]>>,
	options?: Options
): Field => field({ type: 'choice', choices }, name, en, headers, options?.required);

/** The township of a row; the common headers unless the kind lists its own. */
export const township = (
	headers: readonly string[] = ['所属乡镇', '乡镇', '街道', '机构名称'],
	options: Options = { required: true }
): Field => field({ type: 'township' }, 'township', 'township', headers, options.required);

/** The domain (专业类别) of a row. */
export const domain = (headers: readonly string[]): Field =>
	field({ type: 'domain' }, 'domain', 'domain', headers, true);

/** The id of a row; the common headers unless the kind lists its own. */
export const id = (headers: readonly string[] = ['编号', '序号']): Field =>
	field({ type: 'text' }, 'id', 'id', headers, true);

/** 修改标志: 1 adds, 2 replaces, 3 withdraws. Not a part of the content. */
export const revision: Field = field({ type: 'flag' }, 'revision', 'revision flag', ['修改标志']);

/** The points that an indicator is worth, as an on-site sheet prints them in every line. */
export const fullPoints: Field = {
	...decimals('full_points', 'points of the indicator', ['标准分', '满分']),
	onlyChecks: true
};

/** Who confirmed what somebody entered, where a scheme asks for a second person. */
export const secondPerson: Field = {
	...text('confirmed_by', 'confirmed by', ['复核人']),
	onlyChecks: true
};

export const clinic: Field = text('clinic', 'village clinic', ['村卫生室']);
