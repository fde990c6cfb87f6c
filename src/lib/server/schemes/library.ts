/** Where schemes, plans, mappings and domains are found: in the home first, then among those that Kaoji ships. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Problem, type ProblemCode } from '../../basis/problem.ts';
import type { Tree } from '../../basis/tree.ts';
import type { Domain } from '../../intake/domains.ts';
import { type Column, fingerprintOf, type Join, type Mapping, type Split } from '../../intake/mapping.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import { shipped } from '../shipped/folder.ts';
import { readYaml } from '../../yaml/read-yaml.ts';

type Shelf = 'schemes' | 'plans' | 'mappings';
const unknown: Record<Shelf, ProblemCode> = {
	schemes: 'scheme_unknown',
	plans: 'plan_unknown',
	mappings: 'mapping_unknown'
};

/** A document and where it was read. */
export interface Shelved extends ShelvedDocument {
	readonly file: string;
}

/** A name on a shelf, in any script: no part of a path. */
export const shelfName = /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*$/u;

/** The names of the documents in a folder. */
const namesIn = (folder: string): string[] =>
	existsSync(folder)
		? readdirSync(folder)
				.filter((name) => /\.(ya?ml|json)$/.test(name))
				.map((name) => name.replace(/\.[^.]+$/, ''))
		: [];

/** The names that a home has on a shelf of its own. `ID@VERSION` is a published version of the scheme ID. */
export const ownNames = (shelf: Shelf, home: string): string[] =>
	[...new Set(namesIn(join(home, shelf)).map((name) => (shelf === 'schemes' ? (name.split('@')[0] ?? name) : name)))]
		.filter((name) => shelfName.test(name))
		.sort();

/** The names on a shelf: those of the home and those that Kaoji ships. */
export const shelfNames = (shelf: Shelf, home: string | null): string[] =>
	[...new Set([...(home === null ? [] : ownNames(shelf, home)), ...namesIn(shipped('data', shelf))])].sort();

/**
 * Reads a document by its name on a shelf or by its path.
 * @throws Problem `scheme_unknown`, `plan_unknown` or `mapping_unknown` naming what there is; `yaml_invalid`
 */
export function fetchFrom(shelf: Shelf, name: string, home: string | null): Shelved {
	const candidates = shelfName.test(name)
		? [home === null ? null : join(home, shelf), shipped('data', shelf)].flatMap((folder) =>
				folder === null ? [] : ['yaml', 'yml', 'json'].map((ending) => join(folder, `${name}.${ending}`))
			)
		: [];
	const path = [...candidates, resolve(name)].find((candidate) => existsSync(candidate));
	if (path === undefined) throw new Problem(unknown[shelf], { name, known: shelfNames(shelf, home).join(', ') });
	return { ...documentAt(path), file: basename(path) };
}

/** A document as its file has it. */
export interface ShelvedDocument {
	readonly text: string;
	readonly tree: Tree;
	/** SHA-256 of the bytes of the file, in hexadecimal. */
	readonly sha256: string;
}

const read = new Map<string, ShelvedDocument & { readonly stamp: string }>();

/** The document of a file, read again when the file has changed: a page asks for its scheme at every request. */
export function documentAt(path: string): ShelvedDocument {
	try {
		const { mtimeMs, size } = statSync(path);
		const stamp = `${mtimeMs} ${size}`;
		const known = read.get(path);
		if (known?.stamp === stamp) return known;
		const bytes = readFileSync(path);
		const text = bytes.toString('utf8');
		const document = { stamp, text, tree: readYaml(text, basename(path)), sha256: sha256Of(bytes) };
		read.set(path, document);
		return document;
	} catch (error) {
		if (error instanceof Problem) throw error;
		throw new Problem(
			'file_unreadable',
			{ reason: String((error as NodeJS.ErrnoException).code) },
			{ file: basename(path) }
		);
	}
}

/** The digest by which a version is known to be as it was published. */
export const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export const textAt = (tree: Tree | undefined, key: string): string | null => {
	const value = tree?.type === 'map' ? tree.entries.get(key)?.value : undefined;
	return value?.type === 'scalar' ? value.text : null;
};

const textsAt = (tree: Tree | undefined, key: string): string[] => {
	const value = tree?.type === 'map' ? tree.entries.get(key)?.value : undefined;
	return value?.type === 'list'
		? value.items.flatMap((item) => (item.type === 'scalar' && item.text ? [item.text] : []))
		: [];
};

const entriesAt = (tree: Tree | undefined, key: string): [string, Tree][] => {
	const value = tree?.type === 'map' ? tree.entries.get(key)?.value : undefined;
	return value?.type === 'map' ? [...value.entries].map(([name, entry]) => [name, entry.value]) : [];
};

/** A domain's key becomes part of parameters and columns. */
const domainKey = /^[a-z][a-z_]*$/;

/** The domains: those that Kaoji ships and those that the bureau adds in `HOME/domains.yaml`. */
export function readDomains(home: string | null): Domain[] {
	const paths = [shipped('data', 'domains.yaml'), home === null ? '' : join(home, 'domains.yaml')];
	return paths
		.filter((path) => path !== '' && existsSync(path))
		.flatMap((path) => {
			const { tree } = documentAt(path);
			return (tree.type === 'list' ? tree.items : []).map((item): Domain => {
				const key = textAt(item, 'key');
				const zh = textAt(item, 'zh');
				if (key === null || !domainKey.test(key) || zh === null)
					throw new Problem('yaml_invalid', { reason: 'key, zh' }, { file: basename(path), line: item.line });
				return {
					key,
					name: { zh, en: textAt(item, 'en') ?? key },
					aliases: textsAt(item, 'aliases')
				};
			});
		});
}

/**
 * Reads a mapping file.
 * @throws Problem `mapping_unknown`, `mapping_invalid` with the line
 */
export function readMapping(name: string, home: string | null): Mapping {
	const { file, tree } = fetchFrom('mappings', name, home);
	const wrong = (reason: string, line: number): Problem => new Problem('mapping_invalid', { reason }, { file, line });
	const kind = kindNamed(textAt(tree, 'kind') ?? '');
	if (!kind) throw wrong('kind', tree.line);
	const columns: Record<string, Column> = {};
	for (const [field, value] of entriesAt(tree, 'columns')) {
		if (!kind.fields.some((known) => known.name === field)) throw wrong(field, value.line);
		columns[field] = columnFrom(value, (reason) => wrong(`${field}: ${reason}`, value.line));
	}
	const order = textAt(tree, 'date_order');
	if (order !== null && order !== 'mdy' && order !== 'dmy') throw wrong(`date_order: ${order}`, tree.line);
	const lineNumbers = textAt(tree, 'line_numbers') === 'true';
	const headers = textsAt(tree, 'headers');
	for (const { name: field, required } of kind.fields)
		if (required && !(field in columns) && !(field === 'id' && lineNumbers)) throw wrong(field, tree.line);
	return {
		name: textAt(tree, 'name') ?? name,
		kind: kind.name,
		dateOrder: order,
		lineNumbers,
		encoding: textAt(tree, 'encoding'),
		fingerprint: headers.length > 0 ? fingerprintOf(headers) : null,
		columns
	};
}

function columnFrom(value: Tree, wrong: (reason: string) => Problem): Column {
	if (value.type === 'scalar' && value.text !== null) return { header: value.text };
	const header = textAt(value, 'header');
	if (header !== null) {
		const lookup = entriesAt(value, 'lookup').flatMap(([from, to]) =>
			to.type === 'scalar' ? [[from, to.text ?? '']] : []
		);
		const split = splitFrom(value, wrong);
		return {
			header,
			...(lookup.length > 0 ? { lookup: Object.fromEntries(lookup) as Record<string, string> } : {}),
			...(split ? { split } : {})
		};
	}
	const constant = textAt(value, 'constant');
	if (constant !== null) return { constant };
	const [date, plusDays] = [textAt(value, 'date'), textAt(value, 'plus_days')];
	if (date !== null && plusDays !== null) return { date, plusDays };
	if (textAt(value, 'of') === 'subject') return { of: 'subject' };
	if (value.type === 'map' && value.entries.has('join')) return joinFrom(value, wrong);
	throw wrong('header, constant, date + plus_days, join + with, of');
}

/** Columns that a column joins: `{ join: [shop, { date: day }], with: '-' }`, a `date` as its ISO day. */
function joinFrom(value: Tree, wrong: (reason: string) => Problem): Join {
	const list = value.type === 'map' ? value.entries.get('join')?.value : undefined;
	const join = (list?.type === 'list' ? list.items : []).map((item) => {
		const date = textAt(item, 'date');
		const header = date ?? (item.type === 'scalar' ? item.text : null);
		if (header === null) throw wrong('join: header, date');
		return { header, isDay: date !== null };
	});
	const between = textAt(value, 'with');
	// With nothing between them, 1 and 23 would be the same as 12 and 3.
	if (join.length < 2 || between === null || between === '') throw wrong('join (2, …), with');
	return { join, between };
}

/** The part of a cell that a column takes: `split: { at: ；, take: first }`, with `rest` also `until`. */
function splitFrom(value: Tree, wrong: (reason: string) => Problem): Split | null {
	const split = value.type === 'map' ? value.entries.get('split')?.value : undefined;
	if (!split) return null;
	const [at, take, until] = ['at', 'take', 'until'].map((key) => textAt(split, key));
	if (!at || (take !== 'first' && take !== 'rest')) throw wrong('split: at, take (first, rest)');
	return { at, take, ...(until ? { until } : {}) };
}
