/** Rows as the offices of the base county write them, and texts made of them. */

export type Line = readonly string[];

const two = (n: number): string => String(n).padStart(2, '0');

export const patrolHead: Line = ['流水号', '单位编号', '所属乡镇', '专业类别', '巡查日期'];

/** New patrols of 三井街道, one a day, each of another premises of its register: S01, S02, … */
export const patrols = (prefix: string, count: number, month = '2025-03'): Line[] =>
	Array.from({ length: count }, (_, i) => [
		`${prefix}${two(i + 1)}`,
		`S${two((i % 20) + 1)}`,
		'三井街道',
		'食品安全',
		`${month}-${two((i % 28) + 1)}`
	]);

/** A sheet of such patrols with its header. */
export const patrolSheet = (prefix: string, count: number): Line[] => [patrolHead, ...patrols(prefix, count)];

/** A text without quotes. */
export const textOf = (lines: readonly Line[], delimiter = ',', end = '\n'): string =>
	lines.map((line) => line.join(delimiter) + end).join('');

/** The registers and patrols that every case finds in its home. */
export const base = {
	'1-township.csv': textOf([
		['行政区划代码', '乡镇名称', '机构名称', '服务人口', '类型'],
		['320411100', '三井街道', '三井社区卫生服务中心', '81370', '街道'],
		['320411101', '新桥街道', '新桥社区卫生服务中心', '42018', '街道'],
		['320411105', '孟河镇', '孟河中心卫生院', '60242', '镇'],
		['320411106', '新桥镇', '新桥镇卫生院', '38750', '镇']
	]),
	// S01 to S20 in 三井街道, M01 to M10 in 孟河镇, and one number that both have given.
	'2-subject.csv': textOf([
		['单位编号', '单位名称', '专业类别', '所属乡镇', '建档日期'],
		...Array.from({ length: 20 }, (_, i) => [`S${two(i + 1)}`, `第${i + 1}餐饮店`, '餐饮', '三井街道', '2024-01-05']),
		...Array.from({ length: 10 }, (_, i) => [
			`M${two(i + 1)}`,
			`孟河第${i + 1}旅馆`,
			'公共场所',
			'孟河镇',
			'2024-01-06'
		]),
		['D01', '三井诊所', '医疗机构', '三井街道', '2024-01-07'],
		['D01', '孟河诊所', '医疗机构', '孟河镇', '2024-01-07']
	]),
	// B01 to B20 in 三井街道 and C01 to C10 in 孟河镇, in February; one number that both have given.
	'3-patrol.csv': textOf([
		[...patrolHead, '问题数'],
		...patrols('B', 20, '2025-02').map((line) => [...line, '0']),
		...Array.from({ length: 10 }, (_, i) => [
			`C${two(i + 1)}`,
			`M${two(i + 1)}`,
			'孟河镇',
			'公共场所',
			`2025-02-${two(i + 1)}`,
			'0'
		]),
		['X01', 'S01', '三井街道', '食品安全', '2025-02-21', '1'],
		['X01', 'M01', '孟河镇', '公共场所', '2025-02-21', '1']
	])
};
