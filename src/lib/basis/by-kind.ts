/** A value that may depend on the kind of township: `5`, or `{ 街道: 5, default: 3 }`. */
export type ByKind<T> =
	| { readonly byKind: false; readonly value: T }
	| { readonly byKind: true; readonly table: Readonly<Record<string, T>>; readonly otherwise: T };

/** The value for a kind of township. */
export const forKind = <T>(value: ByKind<T>, kind: string | null): T =>
	value.byKind ? ((kind === null ? undefined : value.table[kind]) ?? value.otherwise) : value.value;

/** Every value that there is. */
export const allValues = <T>(value: ByKind<T>): T[] =>
	value.byKind ? [...Object.values(value.table), value.otherwise] : [value.value];

/** The same with each value changed. */
export const mapByKind = <T, U>(value: ByKind<T>, change: (value: T) => U): ByKind<U> =>
	value.byKind
		? {
				byKind: true,
				table: Object.fromEntries(Object.entries(value.table).map(([kind, entry]) => [kind, change(entry)])),
				otherwise: change(value.otherwise)
			}
		: { byKind: false, value: change(value.value) };
