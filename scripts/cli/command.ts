/** What a command of the CLI is, and how its arguments are read. */
import { homedir, userInfo } from 'node:os';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { type Actor, type Bilingual, inLocale, type Locale } from '#lib/basis/codes.ts';
import { type Day, parseIsoDay } from '#lib/basis/day.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { dayAt } from '#lib/server/workflows/office.ts';

/** An option of a command. */
export interface Option {
	readonly type: 'string' | 'boolean';
	/** What stands for its value in the help. */
	readonly value?: string;
	readonly words: Required<Bilingual>;
}

/** What a command gives: for programs, for people, and its exit code. */
export interface Result {
	readonly json: unknown;
	/** Lines for a person; bytes are written as they are. */
	readonly text: readonly string[] | Uint8Array;
	readonly exitCode?: number;
}

export interface Command {
	readonly name: string;
	readonly words: Required<Bilingual>;
	/** How the arguments that are no options look. */
	readonly usage: string;
	readonly options: Readonly<Record<string, Option>>;
	readonly positionals: { readonly least: number; readonly most: number };
	readonly run: (invocation: Invocation) => Promise<Result>;
}

/** The world as a command finds it; tests pass their own. */
export interface World {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly now: () => string;
	readonly stderr: (text: string) => void;
}

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, Option>> = {
	home: {
		type: 'string',
		value: 'DIR',
		words: { zh: '数据所在目录（默认 var/，或 KAOJI_HOME）', en: 'where the data are (default var/, or KAOJI_HOME)' }
	},
	json: { type: 'boolean', words: { zh: '以 JSON 输出结果', en: 'print the result as JSON' } },
	quiet: { type: 'boolean', words: { zh: '不输出进度', en: 'print no progress' } },
	lang: { type: 'string', value: 'zh|en', words: { zh: '输出所用语言', en: 'language of the output' } },
	debug: { type: 'boolean', words: { zh: '出错时输出调用栈', en: 'print a stack when something fails' } },
	help: { type: 'boolean', words: { zh: '显示用法', en: 'show this help' } }
};

/** The language of the output: as asked, else by LANG, else Chinese. */
export function localeOf(asked: string | undefined, env: World['env']): Locale {
	if (asked === 'zh' || asked === 'en') return asked;
	if (asked !== undefined) throw new Problem('usage', { reason: `--lang ${asked}`, command: '' });
	const lang = env['LC_ALL'] || env['LANG'] || '';
	return lang.startsWith('en') ? 'en' : 'zh';
}

/** One call of a command with its arguments. */
export class Invocation {
	readonly command: Command;
	readonly positionals: readonly string[];
	readonly locale: Locale;
	readonly world: World;
	readonly #values: Readonly<Record<string, string | boolean | undefined>>;

	constructor(command: Command, args: readonly string[], world: World) {
		this.command = command;
		this.world = world;
		const options = { ...commonOptions, ...command.options };
		const config: ParseArgsConfig = {
			args: [...args],
			allowPositionals: true,
			strict: true,
			options: Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]))
		};
		let parsed: ReturnType<typeof parseArgs>;
		try {
			parsed = parseArgs(config);
		} catch (error) {
			throw this.#usage(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
		}
		this.#values = parsed.values as Record<string, string | boolean | undefined>;
		this.positionals = parsed.positionals;
		this.locale = localeOf(this.text('lang') ?? undefined, world.env);
		const { least, most } = command.positionals;
		if (!this.is('help') && (this.positionals.length < least || this.positionals.length > most))
			throw this.#usage(`${command.name} ${command.usage}`);
	}

	#usage(reason: string): Problem {
		return new Problem('usage', { reason, command: this.command.name });
	}

	is(name: string): boolean {
		return this.#values[name] === true;
	}

	text(name: string): string | null {
		const value = this.#values[name];
		return typeof value === 'string' ? value : null;
	}

	required(name: string): string {
		const value = this.text(name);
		if (value === null) throw this.#usage(inLocale({ zh: `缺少 --${name}`, en: `--${name} is missing` }, this.locale));
		return value;
	}

	count(name: string): number | null {
		const value = this.text(name);
		if (value === null) return null;
		if (!/^\d{1,9}$/.test(value)) throw this.#usage(`--${name} ${value}`);
		return Number(value);
	}

	oneOf<T extends string>(name: string, choices: readonly T[], fallback: T): T {
		const value = this.text(name) ?? fallback;
		const found = choices.find((choice) => choice === value);
		if (found === undefined) throw this.#usage(`--${name} ${choices.join('|')}`);
		return found;
	}

	period(name = 'period'): Period {
		const text = this.required(name);
		const period = parsePeriod(text);
		if (!period || period.kind === 'month') throw new Problem('period_invalid', { period: text });
		return period;
	}

	day(name: string): Day | null {
		const text = this.text(name);
		if (text === null) return null;
		const day = parseIsoDay(text);
		if (day === null) throw new Problem('day_invalid', { day: text });
		return day;
	}

	/** The day of import: as given, else today in Shanghai. */
	today(): Day {
		return this.day('today') ?? dayAt(this.world.now());
	}

	get home(): string {
		const home = this.text('home') ?? this.world.env['KAOJI_HOME'] ?? 'var';
		return home.startsWith('~/') ? homedir() + home.slice(1) : home;
	}

	get actor(): Actor {
		return { name: this.world.env['KAOJI_ACTOR'] ?? userInfo().username, role: 'administrator', townships: 'all' };
	}

	/** Says how far long work has come; on stderr, so that results stay clean. */
	progress(text: string): void {
		if (!this.is('quiet')) this.world.stderr(`${text}\n`);
	}

	/** Runs work that Ctrl-C cancels: it ends with the Problem `import_cancelled` and leaves nothing; a second one kills. */
	async interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
		const controller = new AbortController();
		const cancel = (): void => controller.abort(new Problem('import_cancelled'));
		process.once('SIGINT', cancel);
		try {
			return await work(controller.signal);
		} finally {
			process.off('SIGINT', cancel);
		}
	}

	/** Runs `work` with the home open, and closes it whatever happens. */
	async inHome<T>(work: (warehouse: Warehouse) => Promise<T>, { create = false } = {}): Promise<T> {
		const warehouse = await openWarehouse(this.home, { create });
		try {
			return await work(warehouse);
		} finally {
			await warehouse.engine.close();
		}
	}
}
