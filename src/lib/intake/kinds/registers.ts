/** Registers: townships, clinics, subjects, staff (rules.md, 2). */
import {
	choice,
	clinic,
	count,
	domain,
	id,
	type Kind,
	oldDate,
	pastDate,
	plannedDate,
	text,
	township
} from './declare.ts';

export const townshipKind: Kind = {
	name: 'township',
	label: { zh: '乡镇名册', en: 'townships' },
	key: ['as_of'],
	eventDate: null,
	fields: [
		text('code', 'code', ['行政区划代码', '区划代码', '机构编码', '乡镇代码'], { required: true }),
		text('name', 'name', ['乡镇名称', '乡镇', '街道', '名称', '所属乡镇'], { required: true }),
		text('institution', 'health institution', ['机构名称', '卫生院']),
		count('population', 'population served', ['服务人口', '常住人口', '人口数']),
		text('kind', 'kind', ['类型']),
		count('min_staff', 'coordinators required', ['应配协管员数']),
		pastDate('as_of', 'as of', ['统计日期']),
		text('merged_into', 'merged into', ['并入']),
		plannedDate('ended_on', 'ended on', ['撤销日期'])
	]
};

export const clinicKind: Kind = {
	name: 'clinic',
	label: { zh: '村卫生室名册', en: 'village clinics' },
	key: ['code'],
	eventDate: null,
	fields: [
		text('code', 'code', ['机构编码', '编号'], { required: true }),
		text('name', 'name', ['村卫生室', '服务站', '名称'], { required: true }),
		township(),
		text('village', 'village', ['村居']),
		plannedDate('ended_on', 'ended on', ['撤销日期'])
	]
};

export const subjectKind: Kind = {
	name: 'subject',
	label: { zh: '本底名册', en: 'subjects' },
	key: ['id'],
	eventDate: null,
	fields: [
		id(['单位编号', '编号', '统一社会信用代码']),
		text('name', 'name', ['单位名称'], { required: true }),
		domain(['专业类别', '类别', '专业']),
		township(['所属乡镇', '乡镇', '所在街道']),
		clinic,
		text('village', 'village', ['村居', '所属村']),
		text('address', 'address', ['地址']),
		oldDate('filed_on', 'filed on', ['建档日期']),
		oldDate('opened_on', 'opened on', ['开业日期', '成立日期']),
		plannedDate('closed_on', 'closed on', ['注销日期', '歇业日期']),
		text('grade', 'grade', ['量化等级', '量化分级']),
		pastDate('graded_on', 'graded on', ['评级日期']),
		count('visits_per_year', 'visits due a year', ['年应巡查次数'])
	]
};

export const staffKind: Kind = {
	name: 'staff',
	label: { zh: '人员名册', en: 'staff' },
	key: ['id'],
	eventDate: null,
	fields: [
		id(),
		township(),
		clinic,
		choice('role', 'role', ['岗位'], { coordinator: ['协管员'], informant: ['信息员'] }, { required: true }),
		pastDate('certified_on', 'certified on', ['持证日期']),
		pastDate('started_on', 'started on', ['到岗日期']),
		pastDate('left_on', 'left on', ['离岗日期'])
	]
};
