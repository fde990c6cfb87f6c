/** A YAML or JSON document as a tree that keeps the line of each node and the very digits of each number. */
import type { Fraction } from './fraction.ts';

export interface ScalarNode {
	readonly type: 'scalar';
	readonly line: number;
	/** The text; null for an empty value. */
	readonly text: string | null;
	/** The exact value where the scalar is a plain (unquoted) number. */
	readonly number: Fraction | null;
	readonly boolean: boolean | null;
}

export interface ListNode {
	readonly type: 'list';
	readonly line: number;
	readonly items: readonly Tree[];
}

export interface MapNode {
	readonly type: 'map';
	readonly line: number;
	readonly entries: ReadonlyMap<string, { readonly line: number; readonly value: Tree }>;
}

export type Tree = ScalarNode | ListNode | MapNode;

/** Something wrong or doubtful in a scheme or plan, at a line, with the facts of its message. */
export interface Finding {
	readonly level: 'error' | 'warning';
	readonly line: number;
	readonly code: string;
	readonly facts: Readonly<Record<string, string>>;
}
