/** Schemes and their versions as pages and commands list them. */
import type { Bilingual } from '../basis/codes.ts';

/** Where a version stands: published in the home, put into it by hand, or shipped. */
export type Origin = 'published' | 'home' | 'shipped';

/** A version in a list. */
export interface ListedVersion {
	readonly version: string;
	readonly origin: Origin;
	readonly file: string;
	readonly sha256: string;
	readonly from: string | null;
	readonly to: string | null;
	/** Errors and warnings of the linter. */
	readonly errors: number;
	readonly warnings: number;
	/** Its publication; null where it was shipped or put into the home by hand. */
	readonly published: { readonly actor: string; readonly at: string; readonly reason: string } | null;
	/** Whether the file is no longer what was published. */
	readonly changed: boolean;
}

export interface ListedScheme {
	readonly id: string;
	readonly name: Bilingual;
	/** Whether pages and commands use it where none is named. */
	readonly used: boolean;
	/** The oldest first. */
	readonly versions: readonly ListedVersion[];
	/** The version by which the period of the day is scored. */
	readonly inForce: string | null;
	/** The period of the day. */
	readonly period: string | null;
	readonly hasDraft: boolean;
	/** Why it cannot be read. */
	readonly problem: string | null;
}
