import { describe, expect, it } from 'vitest';
import type { ImportReport } from '#lib/server/workflows/import-files.ts';
import { patrolCsv, subjectCsv, townshipCsv, write } from '../intake/files.ts';
import { inFolder, kaoji } from '../support/kaoji.ts';

const day = ['--today', '2026-04-30'];

/** A home with the premises S1 to S4 and a patrol of each. */
async function begin(folder: string): Promise<void> {
	const files = write(folder, {
		'township.csv': townshipCsv,
		'subject.csv': subjectCsv(4),
		'patrol.csv': patrolCsv(4)
	});
	expect((await kaoji(folder, 'import', ...Object.values(files), ...day)).code).toBe(0);
}

describe('a register handed in whole on the command line', () => {
	it('is told, listed, decided on and undone', () =>
		inFolder(async (folder) => {
			await begin(folder);
			const { whole } = write(folder, { whole: subjectCsv(2) }) as { whole: string };
			const trial = await kaoji(folder, 'import', whole, '--kind', 'subject', '--snapshot', '--dry-run', ...day);
			expect(trial.stdout).toContain('缺席 2 条');
			expect((await kaoji(folder, 'absent', '--json')).json()).toEqual([]);

			const told = await kaoji(folder, 'import', whole, '--kind', 'subject', '--snapshot', ...day);
			expect(told.code).toBe(0);
			expect(told.stdout).toMatch(/缺席 2 条：[\s\S]*S3[\s\S]*S4[\s\S]*kaoji decide/);
			expect((await kaoji(folder, 'absent', '--json')).json()).toMatchObject([
				{ kind: 'subject', township: '320411100', id: 'S3', name: '第3餐饮店', elsewhere: null, batch: 2 },
				{ id: 'S4' }
			]);
			expect((await kaoji(folder, 'absent', '--batch', '1', '--json')).json()).toEqual([]);
			expect((await kaoji(folder, 'absent', '--format', 'csv')).stdout).toContain(
				'subject,320411100,三井街道,S3,第3餐饮店'
			);

			const closing = [
				'decide',
				'subject',
				'三井街道',
				'S3',
				'--as',
				'closed',
				'--on',
				'2026-03-31',
				'--reason',
				'停业',
				...day
			];
			expect((await kaoji(folder, ...closing)).stdout).toContain('第 3 批：已注销');
			expect((await kaoji(folder, ...closing)).code).toBe(1);
			expect((await kaoji(folder, 'query', `SELECT closed_on FROM subject WHERE id = 'S3'`, '--json')).json()).toEqual([
				{ closed_on: '2026-03-31' }
			]);
			expect((await kaoji(folder, 'rollback', '3', '--reason', '看错')).code).toBe(0);
			expect((await kaoji(folder, 'absent', '--json')).json()).toMatchObject([{ id: 'S3' }, { id: 'S4' }]);
		}));

	it('says so where no file is a register', () =>
		inFolder(async (folder) => {
			await begin(folder);
			const { more } = write(folder, { more: patrolCsv(2, '2025-03') }) as { more: string };
			const ran = await kaoji(folder, 'import', more, '--kind', 'patrol', '--snapshot', ...day);
			expect(ran.stdout).toContain('没有名册');
		}));

	it.each([
		['no decision', ['decide', 'subject', '三井街道', 'S3', '--reason', 'x'], 2],
		['another decision', ['decide', 'subject', '三井街道', 'S3', '--as', 'sold', '--reason', 'x'], 2],
		['no reason', ['decide', 'subject', '三井街道', 'S3', '--as', 'kept'], 2],
		['a row that is not absent', ['decide', 'subject', '三井街道', 'S3', '--as', 'kept', '--reason', 'x'], 1],
		['a batch that is no number', ['confirm', 'x'], 2],
		['a batch that waits for nothing', ['confirm', '1'], 1]
	])('refuses %s', (_, args, code) =>
		inFolder(async (folder) => {
			await begin(folder);
			expect((await kaoji(folder, ...args, ...day)).code).toBe(code);
		})
	);
});

describe('a file that is held whole on the command line', () => {
	it('is told cell by cell and confirmed', () =>
		inFolder(async (folder) => {
			await begin(folder);
			const { again } = write(folder, { again: patrolCsv(4).replace('2025-02-03,0', '2025-02-23,0') }) as {
				again: string;
			};
			const ran = await kaoji(folder, 'import', again, '--kind', 'patrol', ...day);
			expect(ran.code).toBe(3);
			expect(ran.stdout).toMatch(
				/会改写 1 格：[\s\S]*P2025-02-3 +patrolled_on +2025-02-03 +2025-02-23[\s\S]*kaoji confirm 2/
			);
			const report = (
				await kaoji(folder, 'import', again, '--kind', 'patrol', '--dry-run', '--json', ...day)
			).json() as ImportReport;
			expect(report.revisions).toMatchObject({ count: 1, sample: [{ file: 'again', line: 4, field: 'patrolled_on' }] });
			const confirmed = await kaoji(folder, 'confirm', '2', ...day);
			expect([confirmed.code, confirmed.stdout]).toMatchObject([0, expect.stringContaining('第 3 批：已确认第 2 批')]);
			expect((await kaoji(folder, 'quarantine', '--json')).json()).toEqual([]);
		}));
});

describe('rows that look like one on the command line', () => {
	it('are listed', () =>
		inFolder(async (folder) => {
			await begin(folder);
			const { more } = write(folder, {
				more: '单位编号,单位名称,专业类别,所属乡镇\nS9,第1餐饮店（有限公司）,餐饮,三井街道\n'
			}) as { more: string };
			expect((await kaoji(folder, 'doubles', ...day)).stdout).toContain('没有疑似重复');
			await kaoji(folder, 'import', more, '--kind', 'subject', ...day);
			expect((await kaoji(folder, 'doubles', '--json', ...day)).json()).toMatchObject({
				counts: { subject: 1, patrol: 0 },
				pairs: [{ kind: 'subject', reasons: ['name'], one: { id: 'S1' }, other: { id: 'S9' } }]
			});
			expect((await kaoji(folder, 'doubles', ...day)).stdout).toMatch(/S1 .*S9/);
		}));
});
