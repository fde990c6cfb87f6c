/**
 * Random counties: 2024Q3 to 2025Q4, full of corners (edges of windows and
 * cut-offs, absent rows, empty townships, two versions of a township). Every
 * row is one that an import takes as it stands: nothing for quarantine.
 */
import { addDays, monthsOf, windowOf } from './calendar.ts';
import { addClinics } from './clinics.ts';
import type { Dice } from './dice.ts';
import { diceOf } from './dice.ts';
import { randomPatrols } from './random-patrols.ts';
import type { County, Day, Domain, TownshipRow } from './rows.ts';
import { DOMAINS, emptyCounty } from './rows.ts';

const QUARTERS = ['2024Q3', '2024Q4', '2025Q1', '2025Q2', '2025Q3', '2025Q4'];

/** The keys that random schemes ask for; rows of other keys never count. */
export const MARK_KEYS = ['onsite', 'paper'];
export const DEDUCTION_KEYS = ['site', 'hygiene'];
export const FIGURE_KEYS = ['awareness', 'satisfaction'];

const TOWNS = [
	['三井街道', '三井社区卫生服务中心', '街道'],
	['龙虎塘街道', '龙虎塘社区卫生服务中心', '街道'],
	['春江镇', '春江中心卫生院', '镇'],
	['孟河镇', '孟河卫生院', '镇'],
	['薛家镇', '薛家卫生院', '镇'],
	['新桥街道', '新桥社区卫生服务中心', '街道']
] as const;

/** What fills a county: the dice, and days that like the edges of quarters. */
export interface Filling {
	readonly dice: Dice;
	readonly county: County;
	/** Quarters in which anything happens; the annual mean leaves the others out. */
	readonly quarters: readonly string[];
	/** A day of a random quarter, often one of its first or last. */
	day(): Day;
	/** That many days later, often 0, exactly `usual` or one more. */
	after(day: Day, usual: number): Day;
	/** The value, or null in about one of `of` cases. */
	maybe<T>(of: number, value: T): T | null;
}

/** The county of a seed; the same seed gives the same rows in the same order. */
export function randomCounty(seed: number): County {
	const dice = diceOf(seed, 'county');
	const county = emptyCounty();
	const quarters = dice.chance(2, 3) ? QUARTERS : dice.some(QUARTERS, 2, 5);
	const filling: Filling = {
		dice,
		county,
		quarters,
		day: () => {
			const { start, end } = windowOf(dice.pick(quarters));
			if (dice.chance(1, 6)) return end;
			if (dice.chance(1, 8)) return start;
			return addDays(start, dice.between(0, 89));
		},
		after: (day, usual) =>
			addDays(day, dice.pick([0, usual, usual, usual + 1, dice.between(0, usual), dice.between(0, 12)])),
		maybe: (of, value) => (dice.chance(1, of) ? null : value)
	};
	const townships = dice.between(2, 6);
	// Two townships of one county are sometimes equal in every row: ties.
	const twins = dice.chance(1, 6);
	for (let index = 0; index < townships; index += 1) {
		// Two districts, so that there is something to roll up.
		const code = String((index % 2 === 0 ? 320411100 : 320412100) + index);
		addTownship(filling, index, code);
		if (twins && index === 1) copyTownship(county, '320411100', code);
		else fillTownship(filling, code);
	}
	addClinics(seed, county);
	return county;
}

function addTownship({ dice, county, maybe }: Filling, index: number, code: string): void {
	const [name = '', institution = '', kind = ''] = TOWNS[index] ?? [];
	const row: TownshipRow = {
		code,
		name,
		institution: maybe(6, institution),
		population: maybe(25, dice.between(800, 120_000)),
		kind: maybe(15, kind),
		min_staff: maybe(3, dice.pick([0, 1, 2, 3, 4])),
		as_of: dice.pick([null, null, '2023-12-31', '2025-01-01']),
		merged_into: null,
		ended_on: null
	};
	county.townships.push(row);
	if (dice.chance(1, 4)) {
		const later = dice.pick(['2025-03-31', '2025-04-01', '2025-07-01', '2025-09-30', '2025-12-31']);
		county.townships.push({
			...row,
			population: maybe(25, dice.between(800, 120_000)),
			kind: dice.chance(1, 3) ? dice.pick(['街道', '镇']) : row.kind,
			min_staff: maybe(3, dice.between(0, 4)),
			as_of: later
		});
	}
	// Only the latest version says so, and not before that version is in force.
	const latest = county.townships.at(-1);
	if (latest && index > 1 && dice.chance(1, 8)) {
		latest.ended_on = dice.pick(['2025-12-31', '2025-12-31', '2026-01-01']);
		if ((latest.as_of ?? '') < '2025-06-30' && dice.chance(2, 3)) {
			latest.ended_on = dice.pick(['2025-06-30', '2025-08-15', '2025-10-01']);
		}
	}
}

function fillTownship(filling: Filling, code: string): void {
	const { dice, county, quarters, day, after, maybe } = filling;
	const ids = (letter: string, index: number) => `${letter}${code.slice(-3)}-${String(index).padStart(4, '0')}`;
	const times = (most: number, make: (index: number) => void) => {
		const count = dice.chance(1, 8) ? 0 : dice.between(0, most);
		for (let index = 0; index < count; index += 1) make(index);
	};

	addSubjects(filling, code);
	randomPatrols(filling, code);
	times(25, (index) => {
		const found = day();
		const late = dice.pick([0, 1, 2, 5]);
		county.clues.push({
			id: ids('C', index),
			township: code,
			found_on: found,
			category: dice.pick(Object.values(DOMAINS)),
			reported_on: maybe(5, after(found, late)),
			urgent: dice.chance(1, 4),
			valuable: dice.chance(1, 5),
			concealed: dice.chance(1, 12)
		});
	});
	times(50, (index) => {
		county.activities.push({
			id: ids('A', index),
			township: code,
			type: dice.pick(['training', 'publicity', 'supervision', 'water_test']),
			held_on: day(),
			quantity: maybe(4, dice.between(1, 90))
		});
	});
	times(8, (index) => {
		const started = maybe(5, dice.pick(['2019-05-01', '2024-09-30', '2025-04-01', day()]));
		const left = addDays(day(), dice.between(0, 1));
		county.staff.push({
			id: ids('S', index),
			township: code,
			role: dice.chance(2, 3) ? 'coordinator' : 'informant',
			certified_on: maybe(3, dice.chance(1, 2) ? '2020-05-01' : day()),
			started_on: started,
			left_on: left > (started ?? '') ? maybe(2, left) : null
		});
	});
	times(12, (index) => {
		const received = day();
		// Once in a while the deadline is before the receipt, as a slip of the pen.
		const due = dice.chance(1, 20) ? addDays(received, -3) : after(received, 30);
		const closed = dice.pick([after(received, 10), due, after(due, dice.between(0, 10))]);
		county.complaints.push({
			id: ids('T', index),
			township: code,
			received_on: received,
			due_on: due,
			closed_on: maybe(5, closed)
		});
	});
	times(8, (index) => {
		const sampled = dice.chance(1, 12) ? 0 : dice.between(1, 30);
		county.spotChecks.push({
			id: ids('K', index),
			township: code,
			checked_on: day(),
			sampled,
			genuine: Math.max(0, sampled - dice.pick([0, 0, 0, 1, 2, 6]))
		});
	});
	addSubmissions(filling, code);
	for (const period of [...quarters, '2024H2', '2025H1', '2025H2', '2025']) addByHand(filling, code, period);
}

function addSubjects({ dice, county, day, maybe }: Filling, code: string): void {
	const count = dice.chance(1, 10) ? 0 : dice.between(0, 40);
	const quarterEnds = QUARTERS.map((quarter) => windowOf(quarter).end);
	const near = () => addDays(dice.pick(quarterEnds), dice.pick([-11, -10, -9, -1, 0, 0, 1]));
	for (let index = 0; index < count; index += 1) {
		const domain = dice.pick(Object.keys(DOMAINS) as Domain[]);
		const opened = maybe(4, dice.chance(1, 2) ? '2019-06-15' : dice.pick([near(), day()]));
		const closed = dice.pick([near(), day()]);
		county.subjects.push({
			// Unique in its township only: others may use the same number.
			id: `D${String(index).padStart(4, '0')}`,
			name: `第${String(index + 1)}${DOMAINS[domain]}单位`,
			domain,
			township: code,
			filed_on: maybe(4, dice.pick(['1998-03-01', '2021-10-10', near(), day()])),
			opened_on: opened,
			closed_on: dice.chance(1, 4) && closed > (opened ?? '') ? closed : null,
			grade: maybe(3, dice.pick(['A', 'B', 'C'])),
			graded_on: maybe(2, dice.pick(['2023-11-11', near(), day()])),
			visits_per_year: dice.chance(1, 5) ? dice.between(0, 13) : null
		});
	}
}

function addSubmissions({ dice, county, quarters }: Filling, code: string): void {
	const diligence = dice.between(1, 10);
	for (const quarter of quarters) {
		const { end } = windowOf(quarter);
		const forms = [
			...monthsOf(quarter).map((covers) => ({ covers, due: `${covers}-19`, monthly: true })),
			{ covers: quarter, due: end, monthly: false }
		];
		for (const { covers, due, monthly } of forms) {
			if (!dice.chance(diligence, 10)) continue;
			// The key of a submission holds its day, so each day comes once.
			const days = new Map<string, Day | null>();
			for (let again = dice.pick([1, 1, 1, 2, 3]); again > 0; again -= 1) {
				const day = addDays(dice.pick([due, end]), dice.pick([-9, -1, 0, 0, 1, 3, 5, 6, 10, 11]));
				days.set(day, day);
			}
			if (dice.chance(1, 15)) days.set('', null);
			for (const submitted_on of days.values()) {
				county.submissions.push({
					township: code,
					form: monthly ? 'monthly' : 'quarterly',
					covers,
					submitted_on,
					returned: dice.chance(1, 6)
				});
			}
		}
	}
}

/** Marks, deductions and figures of a period; each may be absent. */
function addByHand({ dice, county, maybe }: Filling, township: string, period: string): void {
	const { start } = windowOf(period);
	const by = '考核组';
	for (const indicator of MARK_KEYS) {
		if (dice.chance(1, 5)) continue;
		const points = String(dice.chance(1, 2) ? dice.between(0, 12) : dice.decimal(0, 1250, 100));
		county.marks.push({ township, period, indicator, points, by, reason: maybe(2, '现场') });
	}
	for (const indicator of DEDUCTION_KEYS) {
		for (let index = dice.pick([0, 0, 1, 2, 4]); index > 0; index -= 1) {
			county.deductions.push({
				id: `J${township.slice(-3)}-${period}-${indicator}-${String(index)}`,
				township,
				period,
				indicator,
				item: maybe(3, '制度上墙'),
				on: addDays(start, dice.between(0, 80)),
				minus: dice.pick(['0.5', '1', '0.25', '1.75', '3', '0']),
				reason: maybe(3, '现场'),
				by
			});
		}
	}
	for (const key of FIGURE_KEYS) {
		if (dice.chance(1, 6)) continue;
		const d = dice.chance(1, 10) ? 0 : dice.between(1, 60);
		const n = dice.chance(1, 8) ? d + 2 : dice.between(0, d);
		const decimals = dice.chance(1, 4) ? '.5' : '';
		const source = maybe(2, '问卷');
		county.figures.push({ township, period, key, n: `${String(n)}${decimals}`, d: String(d), source, by });
	}
}

/** Gives one township the very rows of another, under its own code. */
function copyTownship(county: County, from: string, to: string): void {
	const same = <T extends { township: string }>(rows: T[]): void => {
		for (const row of rows.filter((each) => each.township === from)) {
			rows.push({ ...row, township: to });
		}
	};
	same(county.subjects);
	same(county.patrols);
	same(county.findings);
	same(county.clues);
	same(county.submissions);
	same(county.activities);
	same(county.staff);
	same(county.complaints);
	same(county.spotChecks);
	same(county.marks);
	same(county.deductions);
	same(county.figures);
}
