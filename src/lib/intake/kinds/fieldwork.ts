/** What is done in the field: patrols, their findings, clues, forms, activities, complaints, spot checks (rules.md, 2). */
import {
	choice,
	clinic,
	count,
	domain,
	flagged,
	formPeriod,
	id,
	type Kind,
	pastDate,
	plannedDate,
	revision,
	text,
	township
} from './declare.ts';

export const patrolKind: Kind = {
	name: 'patrol',
	label: { zh: '巡查登记', en: 'patrols' },
	key: ['id'],
	eventDate: 'patrolled_on',
	fields: [
		id(['流水号', '巡查编号', '序号']),
		text('subject', 'subject', ['单位编号', '统一社会信用代码']),
		text('subject_name', 'subject name', ['单位名称', '巡查地点', '巡查地点与内容']),
		township(['所属乡镇', '巡查机构', '机构名称']),
		clinic,
		domain(['专业类别', '类别']),
		pastDate('patrolled_on', 'patrolled on', ['巡查日期', '检查日期'], { required: true }),
		text('content', 'content', ['巡查内容']),
		{
			...count('problems', 'problems', ['问题数']),
			absentMeans: { text: 'problem_text', nothing: ['无', '未发现', '未发现问题', '正常', '/', '-'] }
		},
		text('problem_text', 'problems found', ['发现的主要问题', '主要问题']),
		text('disposal', 'disposal', ['处置', '处理意见', '处理情况']),
		plannedDate('rectify_by', 'rectify by', ['整改期限']),
		pastDate('rectified_on', 'rectified on', ['整改完成日期']),
		text('inspector', 'inspector', ['巡查人', '检查人']),
		pastDate('reported_on', 'reported on', ['填报日期', '上报日期']),
		revision
	]
};

export const findingKind: Kind = {
	name: 'finding',
	label: { zh: '问题清单', en: 'findings' },
	key: ['id'],
	eventDate: null,
	fields: [
		id(),
		text('patrol', 'patrol', ['流水号', '巡查编号'], { required: true }),
		township(undefined, { required: false }),
		text('category', 'category', ['问题类别']),
		text('code', 'code', ['问题代码', '条款']),
		text('description', 'description', ['问题描述']),
		choice('severity', 'severity', ['严重程度'], { minor: ['一般'], serious: ['严重'] }),
		plannedDate('rectify_by', 'rectify by', ['整改期限']),
		pastDate('rectified_on', 'rectified on', ['整改完成日期'])
	]
};

export const clueKind: Kind = {
	name: 'clue',
	label: { zh: '信息报告登记', en: 'clues' },
	key: ['id'],
	eventDate: 'found_on',
	fields: [
		id(['序号', '编号']),
		township(['机构名称', '所属乡镇']),
		clinic,
		pastDate('found_on', 'found on', ['发现时间', '发现日期'], { required: true }),
		text('category', 'category', ['信息类别'], { required: true }),
		text('content', 'content', ['信息内容']),
		pastDate('reported_on', 'reported on', ['报告时间', '报告日期']),
		text('reporter', 'reporter', ['报告人']),
		flagged('urgent', 'urgent', ['是否紧急']),
		flagged('valuable', 'valuable', ['是否有价值']),
		flagged('concealed', 'concealed', ['是否瞒报']),
		revision
	]
};

export const submissionKind: Kind = {
	name: 'submission',
	label: { zh: '报表报送', en: 'form submissions' },
	key: ['form', 'covers', 'submitted_on'],
	eventDate: null,
	fields: [
		township(),
		choice('form', 'form', ['报表类型'], { monthly: ['月报'], quarterly: ['季报'] }, { required: true }),
		formPeriod('covers', 'covers', ['所属期'], { required: true }),
		pastDate('submitted_on', 'submitted on', ['报送日期']),
		flagged('returned', 'returned', ['是否退回'])
	]
};

export const activityKind: Kind = {
	name: 'activity',
	label: { zh: '工作登记', en: 'activities' },
	key: ['id'],
	eventDate: 'held_on',
	fields: [
		id(),
		township(),
		choice(
			'type',
			'type',
			['类别'],
			{ training: ['培训'], publicity: ['宣传'], supervision: ['督导'], water_test: ['水质检测'] },
			{ required: true }
		),
		pastDate('held_on', 'held on', ['日期', '开展日期'], { required: true }),
		count('quantity', 'quantity', ['数量', '人数', '份数'])
	]
};

export const complaintKind: Kind = {
	name: 'complaint',
	label: { zh: '投诉举报', en: 'complaints' },
	key: ['id'],
	eventDate: 'received_on',
	fields: [
		id(['受理编号']),
		township(),
		pastDate('received_on', 'received on', ['受理日期'], { required: true }),
		plannedDate('due_on', 'due on', ['办结期限'], { required: true }),
		plannedDate('closed_on', 'closed on', ['办结日期'])
	]
};

export const spotCheckKind: Kind = {
	name: 'spot_check',
	label: { zh: '稽查抽查', en: 'spot checks' },
	key: ['id'],
	eventDate: 'checked_on',
	fields: [
		id(),
		township(),
		pastDate('checked_on', 'checked on', ['抽查日期'], { required: true }),
		count('sampled', 'sampled', ['抽查数'], { required: true }),
		count('genuine', 'genuine', ['真实数', '合格数'], { required: true }),
		revision
	]
};
