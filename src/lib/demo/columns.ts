/** Under which headers the rows of each kind are exported: those of rules.md, section 2, as real offices mix them. */
import type { Period } from '../basis/period.ts';
import { type Deduction, type Figure, type Mark, onsite } from './assessment.ts';
import type { Clue } from './clues.ts';
import type { Version } from './county.ts';
import { domains } from './domains.ts';
import type { Submission } from './forms.ts';
import type { Patrol } from './patrols.ts';
import type { Person } from './roster.ts';
import type { Subject } from './subjects.ts';
import { type Columns, dayCell, yesNo } from './table.ts';
import type { Activity, Complaint, SpotCheck } from './work.ts';

const chineseQuarters = ['一', '二', '三', '四'] as const;

/** 2025年3月, 2025年第一季度: as forms are titled. */
const periodText = ({ kind, year, index }: Period): string =>
	kind === 'month' ? `${year}年${index}月` : `${year}年第${chineseQuarters[index - 1] ?? ''}季度`;

export const townships: Columns<Version> = {
	行政区划代码: ({ township }) => township.code,
	乡镇名称: ({ township }) => township.name,
	机构名称: ({ township }) => township.institution,
	服务人口: ({ row }) => row.population,
	类型: ({ township }) => township.kind,
	应配协管员数: ({ township }) => township.minStaff,
	统计日期: ({ row }) => dayCell(row.asOf)
};

export const subjects: Columns<Subject> = {
	单位编号: ({ row }) => row.id,
	单位名称: ({ row }) => row.name,
	专业类别: ({ row }) => domains[row.domain].name,
	所属乡镇: ({ township }) => township.name,
	村居: ({ row }) => row.village,
	地址: ({ row }) => row.address,
	建档日期: ({ row }) => dayCell(row.filedOn),
	开业日期: ({ row }) => dayCell(row.openedOn),
	注销日期: ({ row }) => dayCell(row.closedOn),
	量化等级: ({ row }) => row.grade,
	评级日期: ({ row }) => dayCell(row.gradedOn),
	年应巡查次数: ({ row }) => row.visitsPerYear
};

/** 姓名 is of no kind's fields: offices' rosters have more columns than the rules ask for. */
export const people: Columns<Person> = {
	编号: ({ row }) => row.id,
	姓名: ({ row }) => row.name,
	所属乡镇: ({ township }) => township.name,
	岗位: ({ row }) => (row.role === 'coordinator' ? '协管员' : '信息员'),
	持证日期: ({ row }) => dayCell(row.certifiedOn),
	到岗日期: ({ row }) => dayCell(row.startedOn),
	离岗日期: ({ row }) => dayCell(row.leftOn)
};

export const patrols: Columns<Patrol> = {
	流水号: ({ row }) => row.id,
	单位编号: ({ row }) => row.subject,
	单位名称: ({ row }) => row.place,
	巡查机构: ({ township }) => township.institution,
	专业类别: ({ row }) => domains[row.domain].name,
	巡查日期: ({ row }) => dayCell(row.on),
	巡查内容: ({ row }) => row.content,
	问题数: ({ row }) => row.problems,
	发现的主要问题: ({ row }) => row.problemText,
	处理意见: ({ row }) => row.disposal,
	整改期限: ({ row }) => dayCell(row.rectifyBy),
	整改完成日期: ({ row }) => dayCell(row.rectifiedOn),
	巡查人: ({ row }) => row.inspector,
	填报日期: ({ row }) => dayCell(row.reportedOn)
};

export const clues: Columns<Clue> = {
	编号: ({ row }) => row.id,
	机构名称: ({ township }) => township.institution,
	发现时间: ({ row }) => dayCell(row.on),
	信息类别: ({ row }) => row.category,
	信息内容: ({ row }) => row.content,
	报告时间: ({ row }) => dayCell(row.reportedOn),
	报告人: ({ row }) => row.reporter,
	是否紧急: ({ row }) => yesNo(row.urgent),
	是否有价值: ({ row }) => yesNo(row.valuable),
	是否瞒报: ({ row }) => yesNo(row.concealed)
};

export const submissions: Columns<Submission> = {
	机构名称: ({ township }) => township.institution,
	报表类型: ({ row }) => (row.form === 'monthly' ? '月报' : '季报'),
	所属期: ({ row }) => periodText(row.covers),
	报送日期: ({ row }) => dayCell(row.on),
	是否退回: ({ row }) => yesNo(row.returned)
};

export const activities: Columns<Activity> = {
	编号: ({ row }) => row.id,
	所属乡镇: ({ township }) => township.name,
	类别: ({ row }) => row.type,
	开展日期: ({ row }) => dayCell(row.on),
	数量: ({ row }) => row.quantity
};

export const complaints: Columns<Complaint> = {
	受理编号: ({ row }) => row.id,
	所属乡镇: ({ township }) => township.name,
	受理日期: ({ row }) => dayCell(row.on),
	办结期限: ({ row }) => dayCell(row.dueOn),
	办结日期: ({ row }) => dayCell(row.closedOn)
};

export const spotChecks: Columns<SpotCheck> = {
	编号: ({ row }) => row.id,
	机构名称: ({ township }) => township.institution,
	抽查日期: ({ row }) => dayCell(row.on),
	抽查数: ({ row }) => row.sampled,
	真实数: ({ row }) => row.genuine
};

export const marks: Columns<Mark> = {
	所属乡镇: ({ township }) => township.name,
	考核周期: ({ row }) => periodText(row.period),
	指标: () => onsite,
	得分: ({ row }) => row.points,
	评分人: ({ row }) => row.by,
	依据: ({ row }) => row.reason
};

export const deductions: Columns<Deduction> = {
	编号: ({ row }) => row.id,
	所属乡镇: ({ township }) => township.name,
	考核周期: ({ row }) => periodText(row.period),
	指标: () => onsite,
	扣分项目: ({ row }) => row.item,
	检查日期: ({ row }) => dayCell(row.on),
	扣分: ({ row }) => row.minus,
	扣分原因: ({ row }) => row.reason,
	检查人: ({ row }) => row.by
};

export const figures: Columns<Figure> = {
	所属乡镇: ({ township }) => township.name,
	考核周期: ({ row }) => periodText(row.period),
	指标名称: ({ row }) => row.key,
	分子: ({ row }) => row.n,
	分母: ({ row }) => row.d,
	数据来源: ({ row }) => row.source,
	填报人: ({ row }) => row.by
};
