/** Random patrols of one township, some with findings. */
import { addDays } from './calendar.ts';
import type { Filling } from './random-county.ts';
import type { Day, Domain, PatrolRow } from './rows.ts';
import { DOMAINS } from './rows.ts';

const NOTHING = ['无', '未发现', '未发现问题', '正常', '/', '-'];
const SOMETHING = ['卫生制度未上墙', '消毒记录不全', '从业人员无健康证'];
const DISPOSALS = ['出具监督意见书', '现场指导', '移送'];

/** A deadline and the day it was met: in time, on the day, late, far later, or never. */
function deadline({ dice, after, maybe }: Filling, from: Day) {
	const due = dice.chance(1, 25) ? addDays(from, -5) : after(from, dice.pick([7, 15, 30]));
	const done = dice.pick([due, after(from, 5), addDays(due, 1), after(due, 10), addDays(due, -1)]);
	return { rectify_by: maybe(8, due), rectified_on: maybe(4, done) };
}

/** Adds the patrols and findings of a township whose subjects are there already. */
export function randomPatrols(filling: Filling, code: string): void {
	const { dice, county, day, after, maybe } = filling;
	const subjects = county.subjects.filter((row) => row.township === code);
	const count = dice.chance(1, 10) ? 0 : dice.between(0, 120);
	const careful = dice.between(3, 30);
	for (let index = 0; index < count; index += 1) {
		const subject = subjects.length > 0 && dice.chance(9, 10) ? dice.pick(subjects) : null;
		const domains = Object.keys(DOMAINS) as Domain[];
		const patrolled = day();
		const troubled = dice.chance(1, 3);
		const counted = dice.chance(3, 4);
		const patrol: PatrolRow = {
			id: `P${code.slice(-3)}-${String(index).padStart(4, '0')}`,
			subject: subject?.id ?? null,
			township: code,
			domain: subject && dice.chance(9, 10) ? subject.domain : dice.pick(domains),
			patrolled_on: patrolled,
			problems: counted ? (troubled ? dice.between(1, 4) : 0) : null,
			problem_text: troubled ? dice.pick(SOMETHING) : dice.pick([null, ...NOTHING]),
			disposal: troubled ? maybe(5, dice.pick(DISPOSALS)) : null,
			...(troubled ? deadline(filling, patrolled) : { rectify_by: null, rectified_on: null }),
			inspector: maybe(careful, dice.pick(['甲', '乙', '丙'])),
			reported_on: maybe(careful, after(patrolled, dice.pick([0, 3, 5, 10])))
		};
		county.patrols.push(patrol);
		// Some with a count of 0 or of another number: the findings' number is the one.
		if (!dice.chance(troubled ? 3 : 1, troubled ? 8 : 30)) continue;
		for (let number = dice.between(1, 3); number > 0; number -= 1) {
			county.findings.push({
				id: `${patrol.id}-${String(number)}`,
				patrol: patrol.id,
				township: code,
				category: maybe(3, '制度管理'),
				severity: dice.pick(['minor', 'minor', 'serious', null]),
				...deadline(filling, patrolled)
			});
		}
	}
}
