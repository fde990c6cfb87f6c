/**
 * The plain data model of the reference: one array of rows per kind, with the
 * field keys of section 2 of design/rules.md. A date is `YYYY-MM-DD`, a
 * quantity that may have decimals is a decimal text such as `6.5`, and what an
 * export leaves empty is null. Only fields that a measure reads, or that an
 * export must have, are here.
 */

/** A calendar date as `YYYY-MM-DD`; such texts compare as dates do. */
export type Day = string;

/** The domain keys shipped in data/domains.yaml, each with one name exports use. */
export const DOMAINS = {
	food_safety: '食品安全',
	occupational_health: '职业卫生',
	drinking_water: '饮用水卫生',
	school_health: '学校卫生',
	illegal_practice: '非法行医和非法采供血',
	medical_institutions: '医疗卫生',
	public_places: '公共场所',
	infectious_disease: '传染病防治',
	radiation: '放射卫生',
	family_planning: '计划生育'
} as const;

export type Domain = keyof typeof DOMAINS;

/** One version of a township; `as_of` null has always been in force. */
export interface TownshipRow {
	code: string;
	name: string;
	institution: string | null;
	population: number | null;
	kind: string | null;
	min_staff: number | null;
	as_of: Day | null;
	merged_into: string | null;
	ended_on: Day | null;
}

/** A village clinic; its code is unique in its township only. */
export interface ClinicRow {
	code: string;
	name: string;
	township: string;
	ended_on: Day | null;
}

/** In every other kind `township` is the code, and `clinic` the code or name of a clinic. */
export interface SubjectRow {
	id: string;
	clinic?: string | null;
	name: string;
	domain: Domain;
	township: string;
	filed_on: Day | null;
	opened_on: Day | null;
	closed_on: Day | null;
	grade: string | null;
	graded_on: Day | null;
	visits_per_year: number | null;
}

/** `problems` null means that the count is read off the text. */
export interface PatrolRow {
	id: string;
	clinic?: string | null;
	subject: string | null;
	township: string;
	domain: Domain;
	patrolled_on: Day;
	problems: number | null;
	problem_text: string | null;
	disposal: string | null;
	rectify_by: Day | null;
	rectified_on: Day | null;
	inspector: string | null;
	reported_on: Day | null;
}

export interface FindingRow {
	id: string;
	patrol: string;
	township: string;
	category: string | null;
	severity: 'minor' | 'serious' | null;
	rectify_by: Day | null;
	rectified_on: Day | null;
}

export interface ClueRow {
	id: string;
	clinic?: string | null;
	township: string;
	found_on: Day;
	category: string;
	reported_on: Day | null;
	urgent: boolean;
	valuable: boolean;
	concealed: boolean;
}

/** `covers` is `2025-03` for a monthly form, `2025Q1` for a quarterly one. */
export interface SubmissionRow {
	township: string;
	form: 'monthly' | 'quarterly';
	covers: string;
	submitted_on: Day | null;
	returned: boolean;
}

export type ActivityType = 'training' | 'publicity' | 'supervision' | 'water_test';

export interface ActivityRow {
	id: string;
	township: string;
	type: ActivityType;
	held_on: Day;
	quantity: number | null;
}

export type StaffRole = 'coordinator' | 'informant';

export interface StaffRow {
	id: string;
	clinic?: string | null;
	township: string;
	role: StaffRole;
	certified_on: Day | null;
	started_on: Day | null;
	left_on: Day | null;
}

export interface ComplaintRow {
	id: string;
	township: string;
	received_on: Day;
	due_on: Day;
	closed_on: Day | null;
}

export interface SpotCheckRow {
	id: string;
	township: string;
	checked_on: Day;
	sampled: number;
	genuine: number;
}

export interface MarkRow {
	clinic?: string | null;
	township: string;
	period: string;
	indicator: string;
	points: string;
	by: string;
	reason: string | null;
}

export interface DeductionRow {
	id: string;
	clinic?: string | null;
	township: string;
	period: string;
	indicator: string;
	item: string | null;
	on: Day;
	minus: string;
	reason: string | null;
	by: string;
}

export interface FigureRow {
	township: string;
	period: string;
	key: string;
	n: string;
	d: string;
	source: string | null;
	by: string | null;
}

/** All facts of a county. The order of rows never matters. */
export interface County {
	townships: TownshipRow[];
	clinics: ClinicRow[];
	subjects: SubjectRow[];
	patrols: PatrolRow[];
	findings: FindingRow[];
	clues: ClueRow[];
	submissions: SubmissionRow[];
	activities: ActivityRow[];
	staff: StaffRow[];
	complaints: ComplaintRow[];
	spotChecks: SpotCheckRow[];
	marks: MarkRow[];
	deductions: DeductionRow[];
	figures: FigureRow[];
	/** The county whose clinics these are: what happened in it happened, also where no clinic had a part. */
	whole?: County;
}

/** A county without a row. */
export const emptyCounty = (): County => ({
	townships: [],
	clinics: [],
	subjects: [],
	patrols: [],
	findings: [],
	clues: [],
	submissions: [],
	activities: [],
	staff: [],
	complaints: [],
	spotChecks: [],
	marks: [],
	deductions: [],
	figures: []
});
