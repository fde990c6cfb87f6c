/** Runs one command line: finds the command, prints its result, turns problems into one line and an exit code. */
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import { problemText } from '#lib/messages/problem-text.ts';
import { type Command, commonOptions, Invocation, localeOf, type World } from './command.ts';
import { lint, progress, score, tally } from './commands/assess.ts';
import { demo, importCommand, init, quarantine } from './commands/data.ts';
import { absent, confirm, decide, doubles } from './commands/decisions.ts';
import { query, trend } from './commands/explore.ts';
import { allocate, explain } from './commands/fund.ts';
import { rollback } from './commands/rollback.ts';
import { publish, schemes } from './commands/schemes.ts';
import { serve } from './commands/serve.ts';
import { sheet } from './commands/sheet.ts';
import { table } from './table.ts';

export const commands: readonly Command[] = [
	init,
	importCommand,
	quarantine,
	confirm,
	absent,
	decide,
	doubles,
	rollback,
	tally,
	score,
	progress,
	sheet,
	allocate,
	explain,
	lint,
	schemes,
	publish,
	query,
	trend,
	demo,
	serve
];

/** Commands of the contract that later issues build. */
const later = ['seal', 'restate', 'seals', 'verify', 'export', 'backup', 'restore', 'doctor'];

const usageExit = 2;

function overview(locale: Locale): string[] {
	return [
		inLocale({ zh: '用法：kaoji 命令 [选项]', en: 'usage: kaoji COMMAND [options]' }, locale),
		'',
		...commands.map(({ name, words }) => `  ${name.padEnd(12)}${inLocale(words, locale)}`),
		'',
		inLocale({ zh: '每个命令都有 --help。', en: 'Every command has --help.' }, locale)
	];
}

function help(command: Command, locale: Locale): string[] {
	const options = Object.entries({ ...command.options, ...commonOptions });
	return [
		`kaoji ${command.name}${command.usage === '' ? '' : ` ${command.usage}`} [${inLocale({ zh: '选项', en: 'options' }, locale)}]`,
		inLocale(command.words, locale),
		'',
		...table(
			[inLocale({ zh: '选项', en: 'option' }, locale), ''],
			options.map(([name, { value, words }]) => [`--${name}${value ? ` ${value}` : ''}`, inLocale(words, locale)])
		)
	];
}

/**
 * Runs a command line.
 * @returns the exit code: 0 done, 1 failed, 2 bad usage, 3 done with rows held, 4 verification failed
 */
export async function main(
	args: readonly string[],
	world: World,
	write: (output: string | Uint8Array) => void
): Promise<number> {
	const debug = args.includes('--debug');
	let locale: Locale = 'zh';
	try {
		const asked = args.findIndex((arg) => arg === '--lang');
		locale = localeOf(
			asked >= 0 ? args[asked + 1] : args.find((arg) => arg.startsWith('--lang='))?.slice(7),
			world.env
		);
		const [name, ...rest] = args;
		if (name === undefined || name === '--help' || name === 'help') {
			write(`${overview(locale).join('\n')}\n`);
			return name === undefined ? usageExit : 0;
		}
		const command = commands.find((one) => one.name === name);
		if (!command) throw new Problem(later.includes(name) ? 'not_yet' : 'command_unknown', { command: name });
		const call = new Invocation(command, rest, world);
		if (call.is('help')) {
			write(`${help(command, locale).join('\n')}\n`);
			return 0;
		}
		const { json, text, exitCode = 0 } = await command.run(call);
		if (call.is('json') && json !== null) write(`${JSON.stringify(json)}\n`);
		else if (text instanceof Uint8Array) write(text);
		else write(`${text.join('\n')}\n`);
		return exitCode;
	} catch (error) {
		const problem =
			error instanceof Problem
				? error
				: new Problem('internal', {
						reason: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
					});
		world.stderr(`kaoji: ${problemText(problem, locale)}\n`);
		if (debug) world.stderr(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
		return problem.code === 'usage' || problem.code === 'command_unknown' ? usageExit : 1;
	}
}
