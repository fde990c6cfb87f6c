/**
 * A county as the export files that an office would hand in: one UTF-8 CSV per
 * kind, under the first of the Chinese headers of section 2 of design/rules.md.
 */
import type { ActivityType, County, StaffRole } from './rows.ts';
import { DOMAINS } from './rows.ts';

/** A file to import: its name and its whole text. */
export interface ExportFile {
	name: string;
	text: string;
}

type Cell = string | number | boolean | null;
/** Header and cell of one column. */
type Column<T> = readonly [header: string, cell: (row: T) => Cell];

const TYPES: Record<ActivityType, string> = {
	training: '培训',
	publicity: '宣传',
	supervision: '督导',
	water_test: '水质检测'
};
const ROLES: Record<StaffRole, string> = { coordinator: '协管员', informant: '信息员' };
const FORMS = { monthly: '月报', quarterly: '季报' };
const SEVERITIES = { minor: '一般', serious: '严重' };

function written(cell: Cell): string {
	if (cell === null) return '';
	const text = typeof cell === 'boolean' ? (cell ? '是' : '否') : String(cell);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function file<T>(name: string, rows: readonly T[], columns: readonly Column<T>[]): ExportFile[] {
	if (rows.length === 0) return [];
	const lines = [
		columns.map(([header]) => header),
		...rows.map((row) => columns.map(([, cell]) => written(cell(row))))
	];
	return [{ name: `${name}.csv`, text: `${lines.map((line) => line.join(',')).join('\n')}\n` }];
}

/**
 * The files of a county, townships first, kinds without rows left out.
 * Townships are named by code or, in every second kind, by name.
 */
export function exportFiles(county: County): ExportFile[] {
	// A township has one name in all its versions.
	const names = new Map(county.townships.map(({ code, name }) => [code, name]));
	const byCode = (row: { township: string }) => row.township;
	const byName = (row: { township: string }) => names.get(row.township) ?? row.township;
	const domain = (row: { domain: keyof typeof DOMAINS }) => DOMAINS[row.domain];
	return [
		...file('township', county.townships, [
			['行政区划代码', (row) => row.code],
			['乡镇名称', (row) => row.name],
			['机构名称', (row) => row.institution],
			['服务人口', (row) => row.population],
			['类型', (row) => row.kind],
			['应配协管员数', (row) => row.min_staff],
			['统计日期', (row) => row.as_of],
			['并入', (row) => row.merged_into],
			['撤销日期', (row) => row.ended_on]
		]),
		...file('clinic', county.clinics, [
			['机构编码', (row) => row.code],
			['村卫生室', (row) => row.name],
			['所属乡镇', byName],
			['撤销日期', (row) => row.ended_on]
		]),
		...file('subject', county.subjects, [
			['村卫生室', (row) => row.clinic ?? null],
			['单位编号', (row) => row.id],
			['单位名称', (row) => row.name],
			['专业类别', domain],
			['所属乡镇', byName],
			['建档日期', (row) => row.filed_on],
			['开业日期', (row) => row.opened_on],
			['注销日期', (row) => row.closed_on],
			['量化等级', (row) => row.grade],
			['评级日期', (row) => row.graded_on],
			['年应巡查次数', (row) => row.visits_per_year]
		]),
		...file('patrol', county.patrols, [
			['村卫生室', (row) => row.clinic ?? null],
			['流水号', (row) => row.id],
			['单位编号', (row) => row.subject],
			['所属乡镇', byCode],
			['专业类别', domain],
			['巡查日期', (row) => row.patrolled_on],
			['问题数', (row) => row.problems],
			['发现的主要问题', (row) => row.problem_text],
			['处置', (row) => row.disposal],
			['整改期限', (row) => row.rectify_by],
			['整改完成日期', (row) => row.rectified_on],
			['巡查人', (row) => row.inspector],
			['填报日期', (row) => row.reported_on]
		]),
		...file('finding', county.findings, [
			['编号', (row) => row.id],
			['流水号', (row) => row.patrol],
			['所属乡镇', byName],
			['问题类别', (row) => row.category],
			['严重程度', (row) => row.severity && SEVERITIES[row.severity]],
			['整改期限', (row) => row.rectify_by],
			['整改完成日期', (row) => row.rectified_on]
		]),
		...file('clue', county.clues, [
			['村卫生室', (row) => row.clinic ?? null],
			['序号', (row) => row.id],
			['机构名称', byName],
			['发现时间', (row) => row.found_on],
			['信息类别', (row) => row.category],
			['报告时间', (row) => row.reported_on],
			['是否紧急', (row) => row.urgent],
			['是否有价值', (row) => row.valuable],
			['是否瞒报', (row) => row.concealed]
		]),
		...file('submission', county.submissions, [
			['所属乡镇', byCode],
			['报表类型', (row) => FORMS[row.form]],
			['所属期', (row) => row.covers],
			['报送日期', (row) => row.submitted_on],
			['是否退回', (row) => row.returned]
		]),
		...file('activity', county.activities, [
			['编号', (row) => row.id],
			['所属乡镇', byName],
			['类别', (row) => TYPES[row.type]],
			['日期', (row) => row.held_on],
			['数量', (row) => row.quantity]
		]),
		...file('staff', county.staff, [
			['村卫生室', (row) => row.clinic ?? null],
			['编号', (row) => row.id],
			['所属乡镇', byCode],
			['岗位', (row) => ROLES[row.role]],
			['持证日期', (row) => row.certified_on],
			['到岗日期', (row) => row.started_on],
			['离岗日期', (row) => row.left_on]
		]),
		...file('complaint', county.complaints, [
			['受理编号', (row) => row.id],
			['所属乡镇', byName],
			['受理日期', (row) => row.received_on],
			['办结期限', (row) => row.due_on],
			['办结日期', (row) => row.closed_on]
		]),
		...file('spot_check', county.spotChecks, [
			['编号', (row) => row.id],
			['所属乡镇', byCode],
			['抽查日期', (row) => row.checked_on],
			['抽查数', (row) => row.sampled],
			['真实数', (row) => row.genuine]
		]),
		...file('mark', county.marks, [
			['村卫生室', (row) => row.clinic ?? null],
			['所属乡镇', byName],
			['考核周期', (row) => row.period],
			['指标', (row) => row.indicator],
			['得分', (row) => row.points],
			['评分人', (row) => row.by],
			['依据', (row) => row.reason]
		]),
		...file('deduction', county.deductions, [
			['村卫生室', (row) => row.clinic ?? null],
			['编号', (row) => row.id],
			['所属乡镇', byCode],
			['考核周期', (row) => row.period],
			['指标', (row) => row.indicator],
			['扣分项目', (row) => row.item],
			['检查日期', (row) => row.on],
			['扣分', (row) => row.minus],
			['扣分原因', (row) => row.reason],
			['检查人', (row) => row.by]
		]),
		...file('figure', county.figures, [
			['所属乡镇', byName],
			['考核周期', (row) => row.period],
			['指标名称', (row) => row.key],
			['分子', (row) => row.n],
			['分母', (row) => row.d],
			['数据来源', (row) => row.source],
			['填报人', (row) => row.by]
		])
	];
}
