/**
 * Reads the export files of shared/vectors (and those of write-exports.ts)
 * into plain rows. It knows just the headers and the date forms found there;
 * it is no model for the product's intake.
 */
import { addDays } from './calendar.ts';
import type { ActivityType, County, Day, Domain, StaffRole } from './rows.ts';
import { DOMAINS, emptyCounty } from './rows.ts';

/** The cells of one sheet, its header row among the first rows. */
export type Cells = readonly (readonly (string | number | null)[])[];

/** Splits CSV text (quotes doubled inside quoted cells, any line ends) into cells. */
export function csvCells(text: string): string[][] {
	const rows: string[][] = [[]];
	const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy;
	const source = text.replace(/^\uFEFF/, '');
	for (let match = cell.exec(source); match; match = cell.exec(source)) {
		const [, raw = '', end = ''] = match;
		rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
		if (end === '' || cell.lastIndex >= source.length) break;
		if (end !== ',') rows.push([]);
	}
	return rows;
}

/** A date in one of the four forms of the vectors, or an Excel serial (1900 system). */
function dayOf(cell: string | null): Day | null {
	if (cell === null) return null;
	// 43831 is 2020-01-01; from there the walk is short.
	if (/^\d{5}$/.test(cell)) return addDays('2020-01-01', Number(cell) - 43831);
	const match = /^(\d{4})(\d{2})(\d{2})$/.exec(cell) ?? /^(\d{4})\D(\d{1,2})\D(\d{1,2})日?$/.exec(cell);
	if (!match) throw new Error(`not a date: ${cell}`);
	const [, year = '', month = '', day = ''] = match;
	return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const TYPES: Record<string, ActivityType> = {
	培训: 'training',
	宣传: 'publicity',
	督导: 'supervision',
	水质检测: 'water_test'
};
const ROLES: Record<string, StaffRole> = { 协管员: 'coordinator', 信息员: 'informant' };
const FORMS = { 月报: 'monthly', 季报: 'quarterly' } as const;
const SEVERITIES = { 一般: 'minor', 严重: 'serious' } as const;

function chosen<T>(table: Readonly<Record<string, T>>, text: string): T {
	const value = table[text];
	if (value === undefined) throw new Error(`unknown value: ${text}`);
	return value;
}

/** One row of a sheet, read by header; the first of several headers that is there wins. */
interface Row {
	/** The cell's text, null if empty or if no such column is there. */
	text(...headers: string[]): string | null;
	need(...headers: string[]): string;
	day(...headers: string[]): Day | null;
	whole(...headers: string[]): number | null;
	yes(...headers: string[]): boolean;
}

/** The rows below the first row that has the header. */
function rowsOf(cells: Cells | undefined, header: string): Row[] {
	if (!cells) return [];
	const top = cells.findIndex((row) => row.includes(header));
	const headers = (cells[top] ?? []).map((cell) => String(cell ?? '').trim());
	return cells
		.slice(top + 1)
		.filter((row) => row.some((cell) => cell !== null && cell !== ''))
		.map((row) => {
			const text = (...names: string[]): string | null => {
				const at = names.map((name) => headers.indexOf(name)).find((index) => index >= 0);
				const value = at === undefined ? '' : String(row[at] ?? '').trim();
				return value === '' ? null : value;
			};
			const need = (...names: string[]): string => {
				const value = text(...names);
				if (value === null) throw new Error(`${names.join('/')} is empty`);
				return value;
			};
			return {
				text,
				need,
				day: (...names) => dayOf(text(...names)),
				whole: (...names) => {
					const value = text(...names);
					return value === null ? null : Number(value);
				},
				yes: (...names) => text(...names) === '是'
			};
		});
}

const DOMAIN_OF = Object.fromEntries(Object.entries(DOMAINS).map(([key, name]) => [name, key as Domain]));

/** The county in a set of sheets, by kind (`township`, `subject`, `patrol`, …). */
export function readCounty(sheets: ReadonlyMap<string, Cells>): County {
	const rows = (kind: string, header: string) => rowsOf(sheets.get(kind), header);
	const county = emptyCounty();
	county.townships = rows('township', '行政区划代码').map((row) => ({
		code: row.need('行政区划代码'),
		name: row.need('乡镇名称'),
		institution: row.text('机构名称'),
		population: row.whole('服务人口'),
		kind: row.text('类型'),
		min_staff: row.whole('应配协管员数'),
		as_of: row.day('统计日期'),
		merged_into: row.text('并入'),
		ended_on: row.day('撤销日期')
	}));
	const codes: Record<string, string> = {};
	for (const { code, name, institution } of county.townships) {
		Object.assign(codes, { [code]: code, [name]: code, [institution ?? code]: code });
	}
	const township = (row: Row) => chosen(codes, row.need('机构名称', '所属乡镇'));
	const domain = (row: Row) => chosen(DOMAIN_OF, row.need('专业类别'));

	county.clinics = rows('clinic', '机构编码').map((row) => ({
		code: row.need('机构编码'),
		name: row.need('村卫生室'),
		township: township(row),
		ended_on: row.day('撤销日期')
	}));
	county.subjects = rows('subject', '单位编号').map((row) => ({
		clinic: row.text('村卫生室'),
		id: row.need('单位编号'),
		name: row.need('单位名称'),
		domain: domain(row),
		township: township(row),
		filed_on: row.day('建档日期'),
		opened_on: row.day('开业日期'),
		closed_on: row.day('注销日期'),
		grade: row.text('量化等级'),
		graded_on: row.day('评级日期'),
		visits_per_year: row.whole('年应巡查次数')
	}));
	county.patrols = rows('patrol', '流水号').map((row) => ({
		clinic: row.text('村卫生室'),
		id: row.need('流水号'),
		subject: row.text('单位编号'),
		township: township(row),
		domain: domain(row),
		patrolled_on: row.day('巡查日期') ?? '',
		problems: row.whole('问题数'),
		problem_text: row.text('发现的主要问题'),
		disposal: row.text('处置', '处理情况'),
		rectify_by: row.day('整改期限'),
		rectified_on: row.day('整改完成日期'),
		inspector: row.text('巡查人'),
		reported_on: row.day('填报日期')
	}));
	county.findings = rows('finding', '编号').map((row) => {
		const severity = row.text('严重程度');
		return {
			id: row.need('编号'),
			patrol: row.need('流水号'),
			township: township(row),
			category: row.text('问题类别'),
			severity: severity === null ? null : chosen(SEVERITIES, severity),
			rectify_by: row.day('整改期限'),
			rectified_on: row.day('整改完成日期')
		};
	});
	county.clues = rows('clue', '序号').map((row) => ({
		clinic: row.text('村卫生室'),
		id: row.need('序号'),
		township: township(row),
		found_on: row.day('发现时间') ?? '',
		category: row.need('信息类别'),
		reported_on: row.day('报告时间'),
		urgent: row.yes('是否紧急'),
		valuable: row.yes('是否有价值'),
		concealed: row.yes('是否瞒报')
	}));
	county.submissions = rows('submission', '报表类型').map((row) => ({
		township: township(row),
		form: chosen(FORMS, row.need('报表类型')),
		covers: row.need('所属期'),
		submitted_on: row.day('报送日期'),
		returned: row.yes('是否退回')
	}));
	county.activities = rows('activity', '编号').map((row) => ({
		id: row.need('编号'),
		township: township(row),
		type: chosen(TYPES, row.need('类别')),
		held_on: row.day('日期', '开展日期') ?? '',
		quantity: row.whole('数量')
	}));
	county.staff = rows('staff', '编号').map((row) => ({
		clinic: row.text('村卫生室'),
		id: row.need('编号'),
		township: township(row),
		role: chosen(ROLES, row.need('岗位')),
		certified_on: row.day('持证日期'),
		started_on: row.day('到岗日期'),
		left_on: row.day('离岗日期')
	}));
	county.complaints = rows('complaint', '受理编号').map((row) => ({
		id: row.need('受理编号'),
		township: township(row),
		received_on: row.day('受理日期') ?? '',
		due_on: row.day('办结期限') ?? '',
		closed_on: row.day('办结日期')
	}));
	county.spotChecks = rows('spot_check', '编号').map((row) => ({
		id: row.need('编号'),
		township: township(row),
		checked_on: row.day('抽查日期') ?? '',
		sampled: row.whole('抽查数') ?? 0,
		genuine: row.whole('真实数') ?? 0
	}));
	county.marks = rows('mark', '指标').map((row) => ({
		clinic: row.text('村卫生室'),
		township: township(row),
		period: row.need('考核周期'),
		indicator: row.need('指标'),
		points: row.need('得分'),
		by: row.need('评分人'),
		reason: row.text('依据')
	}));
	county.deductions = rows('deduction', '编号').map((row) => ({
		clinic: row.text('村卫生室'),
		id: row.need('编号'),
		township: township(row),
		period: row.need('考核周期'),
		indicator: row.need('指标'),
		item: row.text('扣分项目'),
		on: row.day('检查日期') ?? '',
		minus: row.need('扣分'),
		reason: row.text('扣分原因'),
		by: row.need('检查人')
	}));
	county.figures = rows('figure', '指标名称').map((row) => ({
		township: township(row),
		period: row.need('考核周期'),
		key: row.need('指标名称'),
		n: row.need('分子'),
		d: row.need('分母'),
		source: row.text('数据来源'),
		by: row.text('填报人')
	}));
	return county;
}
