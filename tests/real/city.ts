/** The home into which the raw files of a city are imported, by the command line alone. */
import { expect } from 'vitest';
import { kaoji } from '../support/kaoji.ts';

export interface FileReport {
	readonly kind: string;
	readonly encoding: string | null;
	readonly read: number;
	readonly added: number;
	readonly revised: number;
	readonly withdrawn: number;
	readonly unchanged: number;
	readonly quarantined: number;
	readonly released: number;
}

export interface Held {
	readonly hold: number;
	readonly kind: string;
	readonly line: number;
	readonly problems: readonly { readonly code: string; readonly field: string | null }[];
}

/** The commands of a test over a city. */
export interface City {
	/** Imports one file and gives what became of it. */
	readonly imported: (path: string, ...options: readonly string[]) => Promise<FileReport>;
	readonly heldNow: () => Promise<Held[]>;
	readonly asked: (sql: string) => Promise<Record<string, string | number | null>[]>;
}

/** @param home the home, once there is one */
export const cityIn = (home: () => string, today: string): City => ({
	async imported(path, ...options) {
		const ran = await kaoji(home(), 'import', path, ...options, '--today', today, '--json');
		const [file] = (ran.json() as { files: FileReport[] }).files;
		if (!file) throw new Error(ran.stderr);
		expect(file.read).toBe(file.added + file.revised + file.withdrawn + file.unchanged + file.quarantined);
		expect(ran.code).toBe(file.quarantined > 0 ? 3 : 0);
		return file;
	},
	heldNow: async () => (await kaoji(home(), 'quarantine', '--json')).json() as Held[],
	asked: async (sql) =>
		(await kaoji(home(), 'query', sql, '--format', 'json')).json() as Record<string, string | number | null>[]
});
