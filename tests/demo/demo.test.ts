/** The demonstration county: its files can be imported, and hold the troubles that it is meant to show. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addDays, calendar, type Day, isoDay, parseIsoDay } from '../../src/lib/basis/day.ts';
import { endOf, period, periodAt, periodId, shift } from '../../src/lib/basis/period.ts';
import { demoExports, type Cell, type DemoOptions, type ExportFile } from '../../src/lib/demo/export-files.ts';
import { districtsOf } from '../../src/lib/demo/places.ts';
import { readSpreadsheet } from '../../src/lib/server/workbooks/read-spreadsheet.ts';
import { writeExport } from '../../src/lib/server/workbooks/write-exports.ts';
import { writeDemo } from '../../src/lib/server/workflows/write-demo.ts';

type Row = Record<string, Cell>;

const dayFrom = (iso: string): Day => {
	const day = parseIsoDay(iso);
	if (day === null) throw new RangeError(iso);
	return day;
};

/** The rows of all files whose name contains a text, by header. */
function rowsIn(files: readonly ExportFile[], name: string): Row[] {
	return files
		.filter((file) => file.name.includes(name))
		.flatMap(({ sheets }) => sheets)
		.flatMap(({ headers, rows }) =>
			rows.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? null])))
		);
}

const dayIn = (row: Row, header: string): Day | null => {
	const cell = row[header];
	return typeof cell === 'object' && cell !== null ? cell.day : null;
};
const dayOf = (row: Row, header: string): Day => {
	const day = dayIn(row, header);
	if (day === null) throw new RangeError(`${header} is empty`);
	return day;
};
const quarterOf = (day: Day): string => {
	const { year, month } = calendar(day);
	return periodId(periodAt('quarter', year, month));
};
const tally = <Item>(items: readonly Item[], key: (item: Item) => string): Map<string, number> => {
	const counts = new Map<string, number>();
	for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
	return counts;
};
const share = (rows: readonly Row[], holds: (row: Row) => boolean): number => rows.filter(holds).length / rows.length;

const townships = '三井街道 龙虎塘街道 春江街道 魏村街道 新桥街道 孟河镇 薛家镇 罗溪镇 西夏墅镇 奔牛镇'.split(' ');
const townshipOf = (row: Row): string =>
	String(row['所属乡镇'] ?? row['巡查机构'] ?? row['机构名称']).replace(/社区卫生服务中心$|卫生院$/, '');

const today = dayFrom('2026-04-30');
const running = period('quarter', 2026, 2);
/** The twelve full quarters, oldest first, and the running one. */
const quarters = Array.from({ length: 13 }, (_, i) => periodId(shift(running, i - 12)));
const options: DemoOptions = { seed: 20, size: 'county', today };
const county = [...demoExports(options)];
const subjects = rowsIn(county, '本底名册');
const patrols = rowsIn(county, '巡查登记表');

const folders: string[] = [];
const folder = (): string => {
	const made = mkdtempSync(join(tmpdir(), 'kaoji-demo-'));
	folders.push(made);
	return made;
};
afterAll(() => {
	for (const made of folders) rmSync(made, { recursive: true });
});

describe('the demonstration county', () => {
	it('is the same, byte for byte, for the same seed and day, and another for another seed', () => {
		const first = writeDemo({ ...options, folder: folder() });
		const second = writeDemo({ ...options, folder: folder() });
		expect(second.files).toEqual(first.files);
		const other = [...demoExports({ ...options, seed: 21 })];
		expect(other.map(({ name }) => name)).toEqual(first.files.map(({ file }) => file));
		expect(rowsIn(other, '巡查登记表')).not.toEqual(patrols);
		expect(rowsIn(other, '本底名册')).not.toEqual(subjects);
	}, 60_000);

	it('has the ten townships of 新北区 by name, with three coordinators due in 孟河镇 and 三井街道 and two elsewhere', () => {
		const register = rowsIn(county, '乡镇名册');
		expect([...new Set(register.map((row) => row['乡镇名称']))]).toEqual(townships);
		expect(new Set(register.map((row) => String(row['行政区划代码']).slice(0, 6)))).toEqual(new Set(['320411']));
		for (const row of register)
			expect(row['应配协管员数']).toBe(['孟河镇', '三井街道'].includes(String(row['乡镇名称'])) ? 3 : 2);
	});

	it('has about 5,000 premises and 60,000 to 75,000 patrols', () => {
		expect(subjects.length).toBeGreaterThan(4_750);
		expect(subjects.length).toBeLessThan(5_250);
		expect(patrols.length).toBeGreaterThan(60_000);
		expect(patrols.length).toBeLessThan(75_000);
	});

	it('has patrols of every township in each of twelve full quarters and in the running one', () => {
		const found = tally(patrols, (row) => `${townshipOf(row)} ${quarterOf(dayOf(row, '巡查日期'))}`);
		for (const township of townships)
			for (const quarter of quarters) expect(found.get(`${township} ${quarter}`) ?? 0).toBeGreaterThan(50);
		expect(found.size).toBe(townships.length * quarters.length);
	});

	it('has a file of each kind that the bureau hands in', () => {
		expect(county.map(({ name }) => name)).toEqual([
			'乡镇名册.csv',
			'本底名册.csv',
			'协管人员名册.csv',
			'2023年度卫生监督协管巡查登记表.xlsx',
			'2024年度卫生监督协管巡查登记表.xlsx',
			'2025年度卫生监督协管巡查登记表.xlsx',
			'2026年度卫生监督协管巡查登记表.xlsx',
			'卫生监督协管信息报告登记表.csv',
			'报表报送登记.xlsx',
			'协管工作登记.csv',
			'投诉举报登记.csv',
			'稽查抽查记录.csv',
			'现场考核评分.csv',
			'现场考核扣分.csv',
			'知晓率满意度调查.csv'
		]);
		for (const { sheets } of county) for (const { rows } of sheets) expect(rows.length).toBeGreaterThan(0);
	});

	it('marks every township in every full quarter and none in the running one', () => {
		expect(tally(rowsIn(county, '现场考核评分'), townshipOf)).toEqual(new Map(townships.map((name) => [name, 12])));
	});
});

describe.each([
	['2026-04-30', 20],
	['2025-01-01', 1],
	['2024-02-29', 2],
	['2027-12-31', 3]
])('on %s with seed %i, the import finds nothing to hold back, since', (iso, seed) => {
	const day = dayFrom(iso);
	const files = iso === '2026-04-30' ? county : [...demoExports({ seed, size: 'county', today: day })];
	const register = new Map(rowsIn(files, '本底名册').map((row) => [`${townshipOf(row)} ${row['单位编号']}`, row]));

	it('nothing is dated after the day, except deadlines', () => {
		const deadlines = ['整改期限', '办结期限'];
		for (const { name, sheets } of files)
			for (const { headers, rows } of sheets)
				for (const [i, header] of headers.entries()) {
					if (deadlines.includes(header)) continue;
					const latest = rows.reduce((most, row) => {
						const cell = row[i];
						return typeof cell === 'object' && cell !== null ? Math.max(most, cell.day) : most;
					}, 0);
					expect(latest, `${name} ${header}`).toBeLessThanOrEqual(day);
				}
	});

	it('no id comes twice', () => {
		for (const [name, id] of [
			['本底名册', '单位编号'],
			['人员名册', '编号'],
			['巡查登记表', '流水号'],
			['信息报告登记表', '编号'],
			['工作登记', '编号'],
			['投诉举报', '受理编号'],
			['稽查抽查', '编号'],
			['现场考核扣分', '编号']
		] as const) {
			const rows = rowsIn(files, name);
			expect(new Set(rows.map((row) => row[id])).size, name).toBe(rows.length);
		}
		const forms = rowsIn(files, '报表报送');
		const keys = forms.map((row) => [townshipOf(row), row['报表类型'], row['所属期'], dayOf(row, '报送日期')].join());
		expect(new Set(keys).size).toBe(forms.length);
	});

	it('patrols are of premises on the register of their township that were open on the day', () => {
		for (const row of rowsIn(files, '巡查登记表')) {
			if (row['单位编号'] === null) continue;
			const subject = register.get(`${townshipOf(row)} ${row['单位编号']}`);
			const on = dayOf(row, '巡查日期');
			if (!subject) throw new Error(`${row['流水号']}: no such premises`);
			if ((dayIn(subject, '开业日期') ?? on) > on || (dayIn(subject, '注销日期') ?? on + 1) <= on)
				throw new Error(`${row['流水号']}: not open on ${isoDay(on)}`);
		}
	});
});

describe('as days go by', () => {
	it('a later day of the same quarter adds rows and leaves the earlier ones as they were', () => {
		const earlier = dayFrom('2026-04-11');
		const then = [...demoExports({ ...options, today: earlier })];
		const known = (files: readonly ExportFile[], name: string, on: string, headers: readonly string[]): unknown[] =>
			rowsIn(files, name)
				.filter((row) => dayOf(row, on) <= earlier)
				.map((row) => headers.map((header) => row[header]));
		for (const [name, on, headers] of [
			['巡查登记表', '巡查日期', ['流水号', '单位编号', '巡查日期', '发现的主要问题', '整改期限', '巡查人']],
			['信息报告登记表', '发现时间', ['编号', '发现时间', '信息内容', '报告人']],
			['投诉举报', '受理日期', ['受理编号', '受理日期', '办结期限']],
			['报表报送', '报送日期', ['机构名称', '所属期', '报送日期']]
		] as const)
			expect(known(county, name, on, headers)).toEqual(known(then, name, on, headers));
	});
});

describe('the troubles that can be found', () => {
	const scare = quarters[8];
	const collapse = quarters[5];
	const of =
		(township: string): ((row: Row) => boolean) =>
		(row) =>
			townshipOf(row) === township;

	it('魏村街道 hands in most of its monthly forms after the 19th, the others hardly any', () => {
		const monthly = rowsIn(county, '报表报送').filter((row) => row['报表类型'] === '月报');
		for (const township of townships) {
			const late = share(monthly.filter(of(township)), (row) => calendar(dayOf(row, '报送日期')).day > 19);
			if (township === '魏村街道') expect(late).toBeGreaterThan(0.6);
			else expect(late).toBeLessThan(0.25);
		}
	});

	it('罗溪镇 makes a quarter of its patrols or more in the last three days of the quarter, the others under a tenth', () => {
		for (const township of townships) {
			const rows = patrols.filter(of(township)).filter((row) => quarterOf(dayOf(row, '巡查日期')) !== quarters[12]);
			const last = share(rows, (row) => {
				const on = dayOf(row, '巡查日期');
				const { year, month } = calendar(on);
				return on >= addDays(endOf(periodAt('quarter', year, month)), -2);
			});
			if (township === '罗溪镇') expect(last).toBeGreaterThan(0.25);
			else expect(last).toBeLessThan(0.1);
		}
	});

	it('four quarters ago the problems of food premises rose in every township, and many more clues came in', () => {
		const food = patrols.filter((row) => row['专业类别'] === '食品安全');
		const clues = rowsIn(county, '信息报告登记表');
		const before = quarters.slice(0, 8);
		for (const township of townships) {
			const found = (wanted: readonly (string | undefined)[]): number =>
				share(
					food.filter(of(township)).filter((row) => wanted.includes(quarterOf(dayOf(row, '巡查日期')))),
					(row) => Number(row['问题数']) > 0
				);
			expect(found([scare])).toBeGreaterThan(1.5 * found(before));
			const reported = tally(clues.filter(of(township)), (row) => quarterOf(dayOf(row, '发现时间')));
			const usual = before.reduce((sum, quarter) => sum + (reported.get(quarter) ?? 0), 0) / before.length;
			expect(reported.get(scare ?? '') ?? 0).toBeGreaterThan(1.5 * usual);
		}
	});

	it('西夏墅镇 lost its staff in one quarter and visited less than half of its premises; no township did otherwise', () => {
		const visited = new Map<string, Set<Cell | undefined>>();
		for (const row of patrols) {
			const key = `${townshipOf(row)} ${quarterOf(dayOf(row, '巡查日期'))}`;
			const known = visited.get(key);
			if (known) known.add(row['单位编号']);
			else visited.set(key, new Set([row['单位编号']]));
		}
		const registered = tally(subjects, townshipOf);
		for (const township of townships)
			for (const quarter of quarters.slice(0, 12)) {
				// Of all that were ever on the register, so that full coverage is less than 1.
				const coverage = (visited.get(`${township} ${quarter}`)?.size ?? 0) / (registered.get(township) ?? 0);
				if (township === '西夏墅镇' && quarter === collapse) expect(coverage).toBeLessThan(0.5);
				else expect(coverage).toBeGreaterThan(0.7);
			}
		const left = rowsIn(county, '人员名册')
			.filter(of('西夏墅镇'))
			.filter((row) => dayIn(row, '离岗日期') !== null);
		expect(left.map((row) => quarterOf(dayOf(row, '离岗日期')))).toEqual([collapse]);
	});

	it('one inspector of 春江街道 enters 18 patrols and more on some days; nobody else ever exceeds 12', () => {
		const days = tally(
			patrols.filter((row) => row['巡查人'] !== null),
			(row) => [townshipOf(row), row['巡查人'], dayOf(row, '巡查日期')].join()
		);
		const many = [...days].filter(([, count]) => count > 12);
		expect(new Set(many.map(([key]) => key.split(',').slice(0, 2).join())).size).toBe(1);
		expect(many.every(([key]) => key.startsWith('春江街道'))).toBe(true);
		expect(many.filter(([, count]) => count >= 18).length).toBeGreaterThan(8);
	});

	it('新桥街道 finds a problem in fewer than 2 of 100 patrols, the others in 8 to 20', () => {
		for (const township of townships) {
			const found = share(patrols.filter(of(township)), (row) => Number(row['问题数']) > 0);
			if (township === '新桥街道') expect(found).toBeLessThan(0.02);
			else {
				expect(found).toBeGreaterThan(0.08);
				expect(found).toBeLessThan(0.2);
			}
		}
	});
});

describe('larger places', () => {
	it('have as many townships as they say, each with a code and a name of its own', () => {
		for (const [size, count] of [
			['city', 60],
			['province', 1_500],
			['nation', 40_000]
		] as const) {
			const places = [...districtsOf(size)].flatMap(({ places }) => places);
			expect(places).toHaveLength(count);
			expect(new Set(places.map(({ code }) => code)).size).toBe(count);
			expect(new Set(places.map(({ name }) => name)).size).toBe(count);
		}
	});

	it('come file by file, so that a nation never stands in memory', () => {
		const files = demoExports({ ...options, size: 'nation' });
		const first = files.next().value as ExportFile;
		expect(first.name).toBe('0001-乡镇名册.csv');
		expect(new Set(rowsIn([first], '乡镇名册').map((row) => row['乡镇名称'])).size).toBe(150);
	});
});

describe('the files', () => {
	const sheet = { name: '表', title: null, headers: ['编号', '说明'], totals: null };

	it('are CSV with a BOM, CRLF and doubled quotes', () => {
		const made = folder();
		const rows = [
			['1', '他说“行”,又说"不"'],
			['2', { day: dayFrom('2025-03-05') }],
			['3', null]
		];
		const written = writeExport(made, { name: 'a.csv', format: 'csv', sheets: [{ ...sheet, rows }] });
		expect(written.rows).toBe(3);
		expect(readFileSync(join(made, 'a.csv'), 'utf8')).toBe(
			'\uFEFF编号,说明\r\n1,"他说“行”,又说""不"""\r\n2,2025-03-05\r\n3,\r\n'
		);
	});

	it('are workbooks with a title over the header, days as days, numbers as numbers, and 合计 below', async () => {
		const made = folder();
		const rows = [['X1', { day: dayFrom('2024-02-29') }, 3, null]];
		const headers = ['编号', '日期', '数量', '备注'];
		const totals = ['合计', null, 3, null];
		writeExport(made, {
			name: 'b.xlsx',
			format: 'xlsx',
			sheets: [{ name: '登记', title: '登记表', headers, rows, totals }]
		});
		const { sheets } = await readSpreadsheet(readFileSync(join(made, 'b.xlsx')), { file: 'b.xlsx' });
		expect(sheets.map(({ name }) => name)).toEqual(['登记']);
		const read = [...(sheets[0]?.rows() ?? [])].map(({ cells }) => cells.filter((cell) => cell !== null));
		expect(read).toEqual([['登记表'], headers, ['X1', '2024-02-29', '3'], ['合计', '3']]);
	});
});
