/** All commands with their options, for docs/commands.md. */
import { type Command, commonOptions, type Option } from '../cli/command.ts';
import { code, table } from './markdown.ts';

const optionLines = (options: Readonly<Record<string, Option>>): string[] =>
	table(
		['option', 'English', '中文'],
		Object.entries(options).map(([name, { value, words }]) => [
			code(`--${name}${value === undefined ? '' : ` ${value}`}`),
			words.en,
			words.zh
		])
	);

/** A heading, the usage and a table of options for each command, then the options that all take. */
export const commandLines = (commands: readonly Command[]): string[] => [
	...commands.flatMap(({ name, usage, words, options }) => [
		'',
		`## ${name}`,
		'',
		`${code(`kaoji ${name}${usage === '' ? '' : ` ${usage}`}`)} — ${words.en} · ${words.zh}`,
		...(Object.keys(options).length === 0 ? [] : ['', ...optionLines(options)])
	]),
	'',
	'## Options of every command',
	'',
	...optionLines(commonOptions)
];
