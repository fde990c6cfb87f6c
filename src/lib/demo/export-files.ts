/**
 * The invented place as the files that its office would hand in. They go through the ordinary import like anyone's,
 * so that whatever the demonstration shows, a bureau's own files can show.
 */
import { type Day, calendar } from '../basis/day.ts';
import { assessmentOf } from './assessment.ts';
import { cluesOf } from './clues.ts';
import * as columns from './columns.ts';
import { type Township, townshipsOf } from './county.ts';
import { type Submission, submissionsOf } from './forms.ts';
import { type Patrol, patrolsOf } from './patrols.ts';
import { type District, districtsOf, type Size } from './places.ts';
import { type Person, rosterOf, rosterToday } from './roster.ts';
import { type Scene, sceneOf } from './scene.ts';
import { registerOf, type Subject, subjectsOf } from './subjects.ts';
import { type Cell, type Columns, type Of, table, type Table } from './table.ts';
import { activitiesOf, complaintsOf, spotChecksOf } from './work.ts';

export type { Cell } from './table.ts';

export interface ExportSheet extends Table {
	readonly name: string;
	/** Stands merged above the header; null where there is none. */
	readonly title: string | null;
	/** The row 合计 below; null where there is none. */
	readonly totals: readonly Cell[] | null;
}

export interface ExportFile {
	readonly name: string;
	readonly format: 'csv' | 'xlsx';
	readonly sheets: readonly ExportSheet[];
}

export interface DemoOptions {
	readonly seed: number;
	readonly size: Size;
	/** The data reach up to this day: twelve full quarters and the one it lies in. */
	readonly today: Day;
}

/**
 * The export files of an invented place, district by district, so that no more than one district stands in memory:
 * about 5,000 premises and 65,000 patrols. The same options give the same files; a later `today` within a quarter
 * adds rows and fills in dates, and leaves the rest as it was.
 */
export function* demoExports({ seed, size, today }: DemoOptions): Generator<ExportFile> {
	const scene = sceneOf(seed, today);
	// Only the county is small enough that a person would open its files in a spreadsheet.
	for (const district of districtsOf(size)) yield* filesOf(scene, district, size === 'county');
}

interface Crew {
	readonly township: Township;
	readonly subjects: readonly Subject[];
	readonly people: readonly Person[];
}

function* filesOf(scene: Scene, district: District, workbooks: boolean): Generator<ExportFile> {
	const { label } = district;
	const crews = townshipsOf(scene, district).map((township): Crew => ({
		township,
		subjects: subjectsOf(scene, township),
		people: rosterOf(scene, township)
	}));
	/** The rows of every township, each with its township. */
	const all = <Row>(rowsOf: (crew: Crew) => readonly Row[]): Of<Row>[] =>
		crews.flatMap((crew) => rowsOf(crew).map((row) => ({ township: crew.township, row })));
	const csv = <Row>(name: string, by: Columns<Row>, rows: readonly Of<Row>[]): ExportFile => ({
		name: `${label}${name}.csv`,
		format: 'csv',
		sheets: [{ name, title: null, ...table(rows, by), totals: null }]
	});
	const xlsx = (name: string, ...sheets: ExportSheet[]): ExportFile => ({
		name: `${label}${name}.xlsx`,
		format: 'xlsx',
		sheets
	});

	const registers = all(({ township }) => township.versions);
	yield csv('乡镇名册', columns.townships, registers);
	const premises = all(({ subjects }) => registerOf(scene, subjects));
	yield csv('本底名册', columns.subjects, premises);
	const staff = all(({ people }) => rosterToday(scene, people));
	yield csv('协管人员名册', columns.people, staff);

	const patrols = all(({ township, subjects, people }) => patrolsOf(scene, township, subjects, people));
	for (const [year, rows] of byYear(patrols)) {
		const name = `${year}年度卫生监督协管巡查登记表`;
		if (workbooks) yield xlsx(name, patrolSheet(`${district.name}${name}`, rows));
		else yield csv(name, columns.patrols, rows);
	}

	const clues = all(({ township, people }) => cluesOf(scene, township, people));
	yield csv('卫生监督协管信息报告登记表', columns.clues, clues);
	const forms = all(({ township }) => submissionsOf(scene, township));
	if (workbooks)
		yield xlsx(
			'报表报送登记',
			formSheet(
				'月报',
				district,
				forms.filter(({ row }) => row.form === 'monthly')
			),
			formSheet(
				'季报',
				district,
				forms.filter(({ row }) => row.form === 'quarterly')
			)
		);
	else yield csv('报表报送登记', columns.submissions, forms);

	const activities = all(({ township }) => activitiesOf(scene, township));
	yield csv('协管工作登记', columns.activities, activities);
	const complaints = all(({ township }) => complaintsOf(scene, township));
	yield csv('投诉举报登记', columns.complaints, complaints);
	const checks = all(({ township }) => spotChecksOf(scene, township));
	yield csv('稽查抽查记录', columns.spotChecks, checks);

	const marks = all(({ township }) => assessmentOf(scene, township).marks);
	yield csv('现场考核评分', columns.marks, marks);
	const deductions = all(({ township }) => assessmentOf(scene, township).deductions);
	yield csv('现场考核扣分', columns.deductions, deductions);
	const figures = all(({ township }) => assessmentOf(scene, township).figures);
	yield csv('知晓率满意度调查', columns.figures, figures);
}

/** A year of patrols with the sum of their problems below. */
function patrolSheet(title: string, rows: readonly Of<Patrol>[]): ExportSheet {
	const content = table(rows, columns.patrols);
	const problems = rows.reduce((sum, { row }) => sum + row.problems, 0);
	return { name: '巡查登记', title, ...content, totals: totalsRow(content, '问题数', problems) };
}

const formSheet = (form: '月报' | '季报', { name }: District, rows: readonly Of<Submission>[]): ExportSheet => ({
	name: form,
	title: `${name}卫生监督协管${form}报送情况`,
	...table(rows, columns.submissions),
	totals: null
});

/** Patrols by the year of their day, in the order of days. */
function byYear(patrols: Of<Patrol>[]): Map<number, Of<Patrol>[]> {
	const years = new Map<number, Of<Patrol>[]>();
	for (const patrol of patrols.sort((a, b) => a.row.on - b.row.on)) {
		const { year } = calendar(patrol.row.on);
		const rows = years.get(year);
		if (rows) rows.push(patrol);
		else years.set(year, [patrol]);
	}
	return years;
}

/** A row that begins with 合计 and has a sum under one header. */
function totalsRow({ headers }: Table, summed: string, sum: number): Cell[] {
	return headers.map((header, i) => (i === 0 ? '合计' : header === summed ? sum : null));
}
