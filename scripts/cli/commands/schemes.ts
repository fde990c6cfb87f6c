/** Commands about versions of schemes: schemes, publish. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { inLocale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import { listSchemes } from '#lib/server/workflows/list-schemes.ts';
import { publishScheme } from '#lib/server/workflows/publish-scheme.ts';
import type { Command, Invocation } from '../command.ts';
import { table } from '../table.ts';

export const schemes: Command = {
	name: 'schemes',
	words: { zh: '考核细则及其各版，哪一版适用', en: 'schemes with their versions, and which is in force' },
	usage: '',
	options: {
		today: { type: 'string', value: 'DAY', words: { zh: '当日（默认今天）', en: 'the day (default today)' } }
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		const listed = await call.inHome((warehouse) => listSchemes(warehouse, call.today(), call.locale));
		const head =
			call.locale === 'zh'
				? ['细则', '版', '适用自', '至', '现行', '来源', '发布人', '原因']
				: ['scheme', 'version', 'from', 'to', 'in force', 'origin', 'published by', 'reason'];
		const origins = {
			published: inLocale({ zh: '发布', en: 'published' }, call.locale),
			home: inLocale({ zh: '本单位文件', en: 'own file' }, call.locale),
			shipped: inLocale({ zh: '随附', en: 'shipped' }, call.locale)
		};
		const rows = listed.flatMap(({ id, versions, inForce }) =>
			versions.map(({ version, from, to, origin, published }) => [
				id,
				version,
				from ?? '…',
				to ?? '…',
				version === inForce ? inLocale({ zh: '是', en: 'yes' }, call.locale) : '',
				origins[origin],
				published?.actor ?? '',
				published?.reason ?? ''
			])
		);
		const problems = listed.flatMap(({ id, problem }) => (problem === null ? [] : [`${id}: ${problem}`]));
		return { json: listed, text: [...table(head, rows), ...problems] };
	}
};

export const publish: Command = {
	name: 'publish',
	words: {
		zh: '发布考核细则的新一版；发布后不能再改，只能发布下一版',
		en: 'publish the next version of a scheme; a published version is never changed'
	},
	usage: 'FILE',
	options: {
		reason: { type: 'string', value: 'TEXT', words: { zh: '发布的原因（必填）', en: 'why (required)' } },
		past: {
			type: 'boolean',
			words: {
				zh: '可以从已经开始的周期起适用：这些周期的得分随之改变',
				en: 'it may begin in a period that has begun: scores of such periods change with it'
			}
		},
		today: { type: 'string', value: 'DAY', words: { zh: '当日（默认今天）', en: 'the day (default today)' } }
	},
	positionals: { least: 1, most: 1 },
	run: async (call) => {
		const reason = call.required('reason');
		const { file, text } = documentOf(call);
		const done = await call.inHome((warehouse) =>
			publishScheme(
				warehouse,
				{
					text,
					file,
					reason,
					past: call.is('past'),
					today: call.today(),
					now: call.world.now(),
					locale: call.locale
				},
				call.actor
			)
		);
		const said = inLocale(
			{
				zh: `已发布 ${done.id} 第 ${done.version} 版，自 ${done.from} 起适用`,
				en: `published ${done.id} version ${done.version}, in force from ${done.from}`
			},
			call.locale
		);
		return { json: done, text: [said] };
	}
};

function documentOf({ positionals }: Invocation): { file: string; text: string } {
	const [path = ''] = positionals;
	try {
		return { file: basename(path), text: readFileSync(path, 'utf8') };
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') throw new Problem('file_missing', { path });
		throw new Problem('file_unreadable', { reason: String(code) }, { file: basename(path) });
	}
}
