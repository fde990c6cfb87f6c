/**
 * What an office writes in each field, one row for each kind. Together they are a small home: the subject is of the
 * township, the patrol is of the subject, the finding of the patrol. The templates show them.
 */
import type { Field, Kind } from './declare.ts';

/** By kind and field, else by field alone. */
const examples: Readonly<Record<string, string>> = {
	township: '三井街道',
	clinic: '河海社区卫生服务站',
	village: '河海社区',
	id: '2025-001',
	by: '李四',
	confirmed_by: '王五',
	indicator: 'onsite',
	'township.code': '320411100',
	'township.name': '三井街道',
	'township.institution': '三井社区卫生服务中心',
	'township.population': '81370',
	'township.kind': '街道',
	'township.min_staff': '4',
	'township.merged_into': '320411105',
	'clinic.code': '32041110001',
	'clinic.name': '河海社区卫生服务站',
	'subject.id': '001',
	'subject.name': '河海早点铺',
	'subject.address': '河海路 1 号',
	'subject.grade': 'A',
	'subject.visits_per_year': '2',
	'patrol.subject': '001',
	'patrol.subject_name': '河海早点铺',
	'patrol.content': '健康证、餐饮具消毒',
	'patrol.problems': '1',
	'patrol.problem_text': '一人健康证过期',
	'patrol.disposal': '责令限期改正',
	'patrol.inspector': '张三',
	'finding.patrol': '2025-001',
	'finding.category': '从业人员',
	'finding.code': '第四十五条',
	'finding.description': '一人健康证过期',
	'clue.category': '非法行医',
	'clue.content': '沿街门面疑似无证行医',
	'clue.reporter': '张三',
	'activity.quantity': '30',
	'spot_check.sampled': '10',
	'spot_check.genuine': '9',
	'mark.points': '4.5',
	'mark.reason': '工作汇报完整',
	'deduction.item': '档案不齐',
	'deduction.minus': '0.5',
	'deduction.reason': '缺两份巡查记录',
	'figure.key': 'training_hours',
	'figure.n': '45',
	'figure.d': '50',
	'figure.source': '培训签到表',
	'disbursement.plan': 'xinbei',
	'disbursement.tranche': 'base',
	'disbursement.amount': '12500.00'
};

/** The example for a field, in the form in which it is best written. */
export function exampleOf(kind: Kind, field: Field): string {
	const own = examples[`${kind.name}.${field.name}`] ?? examples[field.name];
	if (own !== undefined) return own;
	switch (field.type) {
		case 'date':
			return field.mayBeFuture ? '2025-03-20' : '2025-03-05';
		case 'boolean':
			return '是';
		case 'choice':
			return Object.values(field.choices)[0]?.[0] ?? '';
		case 'domain':
			return '食品安全';
		case 'period':
			return '2025Q1';
		case 'covers':
			return '2025-03';
		case 'flag':
			return '1';
		default:
			throw new RangeError(`no example for ${kind.name}.${field.name}`);
	}
}
