/** The command that prints: the blank on-site sheet. */
import { writeFileSync } from 'node:fs';
import { inLocale } from '#lib/basis/codes.ts';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { onsiteBytes } from '#lib/server/workbooks/write-onsite.ts';
import { registeredTownships } from '#lib/server/workflows/cell-context.ts';
import { onsiteSheet } from '#lib/server/workflows/print-sheet.ts';
import type { Command } from '../command.ts';
import { periodOption, schemeOf, schemeOption } from './options.ts';

export const sheet: Command = {
	name: 'sheet',
	words: {
		zh: '按细则印空白的现场考核表（Excel），填好后原样导入',
		en: 'write the blank on-site sheet of a scheme as a workbook, to be filled in and imported as it is'
	},
	usage: '',
	options: {
		period: periodOption,
		scheme: schemeOption,
		township: {
			type: 'string',
			value: 'CODE',
			words: {
				zh: '只印这个乡镇（代码或名称；默认每个乡镇一页）',
				en: 'of this township only (default a page for each)'
			}
		},
		out: { type: 'string', value: 'FILE', words: { zh: '写到这个文件（必填）', en: 'the file to write (required)' } }
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		const [period, out] = [call.period(), call.required('out')];
		const scheme = schemeOf(call, period);
		const named = call.text('township');
		const tables = await call.inHome(async (warehouse) => {
			const found = named === null ? null : (await registeredTownships(warehouse.engine))(named);
			if (found && !('code' in found)) throw new Problem('township_unknown', { code: named ?? '' });
			const asked = { scheme, period, township: found?.code ?? null, now: call.world.now() };
			return onsiteSheet(warehouse, asked, call.actor);
		});
		try {
			writeFileSync(out, onsiteBytes(tables));
		} catch (error) {
			throw new Problem('folder_unusable', { path: out, reason: String((error as NodeJS.ErrnoException).code) });
		}
		const townships = new Set(tables.flatMap(({ blocks }) => blocks.map(({ code }) => code))).size;
		const rows = tables.reduce((sum, { blocks }) => sum + blocks.reduce((n, block) => n + block.rows.length, 0), 0);
		return {
			json: { period: periodId(period), scheme: scheme.id, out, townships, rows },
			text: [
				inLocale(
					{
						zh: `${out}：${townships} 个乡镇，${rows} 行待填`,
						en: `${out}: ${townships} townships, ${rows} lines to fill in`
					},
					call.locale
				)
			]
		};
	}
};
