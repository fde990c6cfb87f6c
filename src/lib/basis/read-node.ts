/** Reads typed values out of a YAML tree and notes every finding with its line, so that all are shown at once. */
import type { ByKind } from './by-kind.ts';
import type { Bilingual } from './codes.ts';
import { compare, type Fraction, zero } from './fraction.ts';
import type { Finding, FindingCode, MapNode, Tree } from './tree.ts';

/** Collects findings; the reading goes on after each. */
export class Findings {
	readonly list: Finding[] = [];

	error(line: number, code: FindingCode, facts: Readonly<Record<string, string>> = {}): void {
		this.list.push({ level: 'error', line, code, facts });
	}

	warning(line: number, code: FindingCode, facts: Readonly<Record<string, string>> = {}): void {
		this.list.push({ level: 'warning', line, code, facts });
	}

	get hasErrors(): boolean {
		return this.list.some(({ level }) => level === 'error');
	}
}

const none: MapNode = { type: 'map', line: 1, entries: new Map() };

/** A map in the tree, read key by key; keys that nobody asked for are errors. */
export class Reader {
	readonly findings: Findings;
	readonly line: number;
	readonly #node: MapNode;
	readonly #asked = new Set<string>();

	constructor(tree: Tree | undefined, findings: Findings, line = 1) {
		this.findings = findings;
		this.line = tree?.line ?? line;
		if (tree && tree.type !== 'map') findings.error(tree.line, 'map_expected');
		this.#node = tree?.type === 'map' ? tree : none;
	}

	/** The node of a key, or undefined. */
	node(key: string): Tree | undefined {
		this.#asked.add(key);
		const value = this.#node.entries.get(key)?.value;
		return value?.type === 'scalar' && value.text === null ? undefined : value;
	}

	lineOf(key: string): number {
		return this.#node.entries.get(key)?.line ?? this.line;
	}

	has(key: string): boolean {
		return this.node(key) !== undefined;
	}

	keys(): string[] {
		return [...this.#node.entries.keys()];
	}

	text(key: string): string | null {
		const node = this.node(key);
		if (!node) return null;
		if (node.type === 'scalar') return node.text;
		this.findings.error(node.line, 'text_expected', { key });
		return null;
	}

	requiredText(key: string): string {
		const text = this.text(key);
		if (text === null) this.findings.error(this.line, 'key_missing', { key });
		return text ?? '';
	}

	/** A text that must be one of a list; the first where it is absent and `fallback` is not given. */
	oneOf<T extends string>(key: string, choices: readonly T[], fallback: T): T {
		const text = this.text(key);
		if (text === null) return fallback;
		const found = choices.find((choice) => choice === text);
		if (found === undefined)
			this.findings.error(this.lineOf(key), 'value_unknown', { key, value: text, known: choices.join(', ') });
		return found ?? fallback;
	}

	number(key: string): Fraction | null {
		const node = this.node(key);
		return node ? exactNumber(node, key, this.findings) : null;
	}

	requiredNumber(key: string): Fraction {
		const value = this.number(key);
		if (value === null && !this.has(key)) this.findings.error(this.line, 'key_missing', { key });
		return value ?? zero;
	}

	/** A whole number of at least 0. */
	count(key: string): number | null {
		const value = this.number(key);
		return value === null ? null : wholeNumber(value, key, this.lineOf(key), this.findings);
	}

	boolean(key: string, fallback: boolean): boolean {
		const node = this.node(key);
		if (!node) return fallback;
		if (node.type === 'scalar' && node.boolean !== null) return node.boolean;
		this.findings.error(node.line, 'boolean_expected', { key });
		return fallback;
	}

	texts(key: string): string[] | null {
		const node = this.node(key);
		if (!node) return null;
		if (node.type !== 'list') {
			this.findings.error(node.line, 'list_expected', { key });
			return null;
		}
		return node.items.flatMap((item) => (item.type === 'scalar' && item.text !== null ? [item.text] : []));
	}

	list(key: string): Reader[] {
		const node = this.node(key);
		if (!node) return [];
		if (node.type !== 'list') {
			this.findings.error(node.line, 'list_expected', { key });
			return [];
		}
		return node.items.map((item) => new Reader(item, this.findings));
	}

	map(key: string): Reader {
		return new Reader(this.node(key), this.findings, this.line);
	}

	/** A table of numbers by name. */
	numbers(key: string): Record<string, Fraction> {
		const reader = this.map(key);
		return Object.fromEntries(reader.keys().map((name) => [name, reader.requiredNumber(name)]));
	}

	/** A name in both languages: a map with `zh` and perhaps `en`, or a plain text. */
	name(key: string, fallback: string): Bilingual {
		const node = this.node(key);
		if (!node) return { zh: fallback, en: fallback };
		if (node.type === 'scalar') return { zh: node.text ?? fallback };
		const reader = this.map(key);
		const [zh, en] = [reader.text('zh'), reader.text('en')];
		reader.close();
		return en === null ? { zh: zh ?? fallback } : { zh: zh ?? en, en };
	}

	/** A number, or a table of numbers by kind of township with a `default`. */
	byKind(key: string): ByKind<Fraction> | null {
		const node = this.node(key);
		if (!node) return null;
		if (node.type !== 'map') return { byKind: false, value: exactNumber(node, key, this.findings) ?? zero };
		const { default: otherwise, ...table } = this.numbers(key);
		if (otherwise === undefined) this.findings.error(node.line, 'default_missing', { key });
		return { byKind: true, table, otherwise: otherwise ?? zero };
	}

	/** Reports the keys that nobody asked for. */
	close(): void {
		for (const [key, { line }] of this.#node.entries)
			if (!this.#asked.has(key)) this.findings.error(line, 'key_unknown', { key });
	}
}

function exactNumber(node: Tree, key: string, findings: Findings): Fraction | null {
	if (node.type === 'scalar' && node.number !== null) return node.number;
	findings.error(node.line, 'number_expected', { key });
	return null;
}

/** A fraction as a whole number of at least 0 that JavaScript holds exactly. */
export function wholeNumber(value: Fraction, key: string, line: number, findings: Findings): number {
	if (value.d !== 1n || value.n < 0n || compare(value, { n: 1_000_000_000n, d: 1n }) > 0) {
		findings.error(line, 'whole_number_expected', { key });
		return 0;
	}
	return Number(value.n);
}
