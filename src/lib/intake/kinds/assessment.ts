/** What the bureau itself enters: marks, deductions, figures, disbursements (rules.md, 2). */
import {
	assessmentPeriod,
	choice,
	clinic,
	decimals,
	fullPoints,
	id,
	type Kind,
	money,
	pastDate,
	revision,
	secondPerson,
	text,
	township
} from './declare.ts';

const indicator = text('indicator', 'indicator', ['指标'], { required: true });
const period = assessmentPeriod('period', 'period', ['考核周期'], { required: true });

export const markKind: Kind = {
	name: 'mark',
	label: { zh: '人工评分', en: 'marks' },
	key: ['period', 'indicator', 'clinic'],
	eventDate: null,
	fields: [
		township(),
		clinic,
		period,
		indicator,
		fullPoints,
		decimals('points', 'points', ['得分'], { required: true }),
		text('by', 'marked by', ['评分人'], { required: true }),
		secondPerson,
		text('reason', 'reason', ['依据']),
		revision
	],
	writtenIn: ['points', 'reason'],
	atMost: { field: 'points', bound: 'full_points' },
	enteredFor: 'indicator'
};

export const deductionKind: Kind = {
	name: 'deduction',
	label: { zh: '现场扣分', en: 'deductions' },
	key: ['id'],
	eventDate: 'on',
	fields: [
		id(),
		township(),
		clinic,
		period,
		indicator,
		fullPoints,
		text('item', 'item', ['扣分项目']),
		pastDate('on', 'checked on', ['检查日期'], { required: true }),
		decimals('minus', 'points lost', ['扣分'], { required: true }),
		text('reason', 'reason', ['扣分原因']),
		text('by', 'checked by', ['检查人'], { required: true }),
		secondPerson,
		revision
	],
	writtenIn: ['item', 'minus', 'reason'],
	atMost: { field: 'minus', bound: 'full_points' },
	enteredFor: 'indicator'
};

export const figureKind: Kind = {
	name: 'figure',
	label: { zh: '填报数据', en: 'reported figures' },
	key: ['period', 'key'],
	eventDate: null,
	fields: [
		township(),
		period,
		text('key', 'figure', ['指标名称'], { required: true }),
		decimals('n', 'numerator', ['分子', '实际数'], { required: true }),
		decimals('d', 'denominator', ['分母', '应有数'], { required: true }),
		text('source', 'source', ['数据来源']),
		text('by', 'entered by', ['填报人']),
		secondPerson,
		revision
	],
	enteredFor: 'key'
};

export const disbursementKind: Kind = {
	name: 'disbursement',
	label: { zh: '拨付台账', en: 'disbursements' },
	key: ['id'],
	eventDate: 'on',
	fields: [
		id(['凭证号']),
		pastDate('on', 'paid on', ['拨付日期'], { required: true }),
		township(),
		text('plan', 'plan', ['方案'], { required: true }),
		text('tranche', 'tranche', ['批次']),
		money('amount', 'amount', ['金额'], { required: true }),
		choice(
			'nature',
			'nature',
			['性质'],
			{ advance: ['预拨'], settlement: ['结算'], recovery: ['扣回'] },
			{ required: true }
		)
	]
};
