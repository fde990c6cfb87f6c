/** The file of held rows: corrected and imported again, each row means what it meant under its own headers or mapping. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, kaoji } from '../support/kaoji.ts';

const townships = '乡镇代码,乡镇名称\n1,甲镇\n2,乙镇\n';
const patrolHeaders = '序号,所属乡镇,专业类别,巡查日期,巡查地点,发现的主要问题';

interface Report {
	readonly batch: number;
	readonly files: readonly { readonly added: number; readonly unchanged: number; readonly quarantined: number }[];
	readonly problems: readonly { readonly code: string }[];
}

/** A home in which a test imports texts as files; `held` gives the file of the rows that a batch holds. */
interface Office {
	readonly take: (name: string, text: string, ...options: readonly string[]) => Promise<Report>;
	readonly held: (batch: number) => Promise<string>;
	readonly ask: (sql: string) => Promise<unknown>;
	readonly mapping: (name: string, text: string) => void;
}

const inOffice = (work: (office: Office) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const home = join(folder, 'home');
		await work({
			take: async (name, text, ...options) => {
				const path = join(folder, name);
				writeFileSync(path, text);
				return (await kaoji(home, 'import', path, ...options, '--today', '2025-06-30', '--json')).json() as Report;
			},
			held: async (batch) => (await kaoji(home, 'quarantine', '--batch', String(batch), '--format', 'csv')).stdout,
			ask: async (sql) => (await kaoji(home, 'query', sql, '--format', 'json')).json(),
			mapping: (name, text) => {
				mkdirSync(join(home, 'mappings'), { recursive: true });
				writeFileSync(join(home, 'mappings', `${name}.yaml`), text);
			}
		});
	});

describe('held rows that are told apart by line numbers', () => {
	it('are held with their reason, not refused with the file', () =>
		inOffice(async ({ take }) => {
			await take('townships.csv', townships);
			const report = await take(
				'january.csv',
				`${patrolHeaders}\n1,甲镇,食品安全,2025-01-03,店一,无\n2,丙镇,食品安全,2025-01-04,店二,无\n`
			);
			expect(report.files).toMatchObject([{ added: 1, quarantined: 1 }]);
			expect(report.problems).toMatchObject([{ code: 'unknown_township' }]);
		}));

	it('keep their line numbers as line numbers when they are corrected: line 2 of February is not line 2 of January', () =>
		inOffice(async ({ take, held, ask }) => {
			await take('townships.csv', townships);
			for (const month of ['01', '02']) {
				const rows = `1,甲镇,食品安全,2025-${month}-03,店一,无\n2,丙镇,食品安全,2025-${month}-04,店二,无\n`;
				const { batch } = await take(`${month}.csv`, `${patrolHeaders}\n${rows}`);
				const corrected = (await held(batch)).replace(',丙镇,', ',乙镇,');
				expect((await take('corrected.csv', corrected)).files).toMatchObject([{ added: 1, quarantined: 0 }]);
				expect((await take('corrected.csv', corrected)).files).toMatchObject([{ added: 0, unchanged: 1 }]);
			}
			expect(await ask('SELECT township, count(*)::INTEGER AS n FROM patrol GROUP BY ALL ORDER BY ALL')).toEqual([
				{ township: '1', n: 2 },
				{ township: '2', n: 2 }
			]);
		}));
});

describe('held rows of a file that was read by a mapping', () => {
	const mapping = `
name: premises
kind: subject
date_order: mdy
columns:
  id: number
  name: name
  township: town
  domain: { constant: food_safety }
  opened_on: opened
  visits_per_year: { header: days, lookup: { '180': '2', '210': '' } }
`;

	it('carry what the mapping said: constants, lookups and the order of dates', () =>
		inOffice(async ({ take, held, ask, mapping: keep }) => {
			keep('premises', mapping);
			await take('townships.csv', townships);
			await take(
				'premises.csv',
				'number,name,town,opened,days\n7,A,,3/4/2020,180\n8,B,,3/14/2020,210\n',
				'--mapping',
				'premises'
			);
			const corrected = (await held(2)).replaceAll('food_safety,,', 'food_safety,甲镇,');
			expect((await take('corrected.csv', corrected, '--kind', 'subject')).files).toMatchObject([
				{ added: 2, quarantined: 0 }
			]);
			expect(
				await ask('SELECT id, township, domain, opened_on, visits_per_year::INTEGER AS visits FROM subject ORDER BY id')
			).toEqual([
				{ id: '7', township: '1', domain: 'food_safety', opened_on: '2020-03-04', visits: 2 },
				{ id: '8', township: '1', domain: 'food_safety', opened_on: '2020-03-14', visits: null }
			]);
		}));

	it('may hold any word in a column with a lookup, also one that every JavaScript object has', () =>
		inOffice(async ({ take, mapping: keep }) => {
			keep('premises', mapping);
			await take('townships.csv', townships);
			const report = await take(
				'premises.csv',
				'number,name,town,opened,days\n7,A,甲镇,3/4/2020,constructor\n',
				'--mapping',
				'premises'
			);
			expect(report.problems).toMatchObject([{ code: 'bad_number' }]);
		}));
});
