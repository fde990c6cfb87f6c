import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { day } from '#lib/basis/day.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { type LastLook, lookIntoInbox } from '#lib/server/workflows/watch-inbox.ts';
import { subjectCsv, townshipCsv } from '../intake/files.ts';
import { inFolder } from '../support/kaoji.ts';

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const options = {
	clock: { now: () => '2026-04-30T08:00:00.000Z', today: () => day(2026, 4, 30) },
	locale: 'zh'
} as const;

const inHouse = (work: (house: House, inbox: string) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const house = await openHouse(join(folder, 'home'));
		const inbox = join(house.home, 'inbox');
		mkdirSync(inbox);
		try {
			await work(house, inbox);
		} finally {
			await house.close();
		}
	});

describe('the inbox', () => {
	it('takes files together that have not changed since the last look, and puts them aside by batch', () =>
		inHouse(async (house, inbox) => {
			writeFileSync(join(inbox, '本底.csv'), subjectCsv(3));
			writeFileSync(join(inbox, '乡镇.csv'), townshipCsv);
			const first = await lookIntoInbox(house, new Map(), options, clerk);
			expect(first.done).toBeNull();
			const second = await lookIntoInbox(house, first.look, options, clerk);
			expect(second.done).toEqual({ taken: ['乡镇.csv', '本底.csv'].sort(), batch: 1, held: 0 });
			expect(readdirSync(inbox)).toEqual(['taken']);
			expect(readdirSync(join(inbox, 'taken', '1')).sort()).toEqual(['乡镇.csv', '本底.csv'].sort());
			expect((await lookIntoInbox(house, second.look, options, clerk)).done).toBeNull();
		}));

	it('waits for a file that is still being copied', () =>
		inHouse(async (house, inbox) => {
			writeFileSync(join(inbox, '乡镇.csv'), townshipCsv.slice(0, 40));
			let look: LastLook = (await lookIntoInbox(house, new Map(), options, clerk)).look;
			writeFileSync(join(inbox, '乡镇.csv'), townshipCsv);
			const changed = await lookIntoInbox(house, look, options, clerk);
			expect(changed.done).toBeNull();
			look = changed.look;
			expect((await lookIntoInbox(house, look, options, clerk)).done).toMatchObject({ batch: 1 });
		}));

	it('puts a file that is refused aside with the reason, and takes the others at the next look', () =>
		inHouse(async (house, inbox) => {
			writeFileSync(join(inbox, '乡镇.csv'), townshipCsv);
			writeFileSync(join(inbox, '菜谱.csv'), '菜名,做法\n红烧肉,慢火\n');
			writeFileSync(join(inbox, '说明.docx'), 'not a table');
			const { look } = await lookIntoInbox(house, new Map(), options, clerk);
			const refusal = await lookIntoInbox(house, look, options, clerk);
			expect(refusal.done).toMatchObject({ refused: '菜谱.csv' });
			expect(readdirSync(join(inbox, 'refused')).sort()).toEqual(['菜谱.csv', '菜谱.csv.txt']);
			expect(readFileSync(join(inbox, 'refused', '菜谱.csv.txt'), 'utf8')).toContain('认不出这是哪种表');
			expect((await lookIntoInbox(house, refusal.look, options, clerk)).done).toMatchObject({
				taken: ['乡镇.csv'],
				batch: 1
			});
			expect(readdirSync(inbox).sort()).toEqual(['refused', 'taken', '说明.docx'].sort());
		}));

	it('takes the file that it has read, also when another of that name comes meanwhile', () =>
		inHouse(async (house, inbox) => {
			writeFileSync(join(inbox, '名册.csv'), townshipCsv);
			const { look } = await lookIntoInbox(house, new Map(), options, clerk);
			const { promise: finished, resolve: finish } = Promise.withResolvers<undefined>();
			const other = house.act(() => finished);
			const taking = lookIntoInbox(house, look, options, clerk);
			writeFileSync(join(inbox, '名册.csv'), subjectCsv(3));
			finish(undefined);
			await other;
			expect((await taking).done).toMatchObject({ taken: ['名册.csv'], batch: 1 });
			expect(readFileSync(join(inbox, 'taken', '1', '名册.csv'), 'utf8')).toBe(townshipCsv);
			expect(readFileSync(join(inbox, '名册.csv'), 'utf8')).toBe(subjectCsv(3));
		}));

	it('puts nothing aside for a fault that is none of the files', () =>
		inHouse(async (house, inbox) => {
			mkdirSync(join(house.home, 'mappings'));
			writeFileSync(join(house.home, 'mappings', '坏.yaml'), 'kind: nonsense\n');
			writeFileSync(join(inbox, '乡镇.csv'), townshipCsv);
			const { look } = await lookIntoInbox(house, new Map(), options, clerk);
			expect((await lookIntoInbox(house, look, options, clerk)).done).toMatchObject({ refused: null });
			expect(readdirSync(inbox)).toEqual(['乡镇.csv']);
		}));

	it('puts back what a killed process left half done', () =>
		inHouse(async (house, inbox) => {
			mkdirSync(join(inbox, '.working-x'));
			writeFileSync(join(inbox, '.working-x', '乡镇.csv'), townshipCsv);
			const { look } = await lookIntoInbox(house, new Map(), options, clerk);
			expect(readdirSync(inbox)).toEqual(['乡镇.csv']);
			expect((await lookIntoInbox(house, look, options, clerk)).done).toMatchObject({ batch: 1 });
		}));

	it('keeps files of one name apart', () =>
		inHouse(async (house, inbox) => {
			for (let i = 0; i < 2; i++) {
				writeFileSync(join(inbox, '菜谱.csv'), '菜名,做法\n红烧肉,慢火\n');
				const { look } = await lookIntoInbox(house, new Map(), options, clerk);
				await lookIntoInbox(house, look, options, clerk);
			}
			expect(readdirSync(join(inbox, 'refused')).filter((name) => name.endsWith('.csv'))).toHaveLength(2);
		}));
});
