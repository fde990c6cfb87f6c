/**
 * The invented place as the files that its office would hand in. They go through the ordinary import like anyone's,
 * so that whatever the demonstration shows, a bureau's own files can show.
 */
import { type Day, calendar } from '../basis/day.ts';
import { assessmentOf } from './assessment.ts';
import { cluesOf } from './clues.ts';
import * as columns from './columns.ts';
import { townshipsOf } from './county.ts';
import { type Patrol, patrolsOf } from './patrols.ts';
import { type District, districtsOf, type Size } from './places.ts';
import { rosterOf, rosterToday } from './roster.ts';
import { type Scene, sceneOf } from './scene.ts';
import { submissionsOf } from './forms.ts';
import { registerOf, subjectsOf } from './subjects.ts';
import { type Cell, type Of, table, type Table } from './table.ts';
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

function* filesOf(scene: Scene, district: District, workbooks: boolean): Generator<ExportFile> {
	const { label } = district;
	const townships = townshipsOf(scene, district);
	const crews = townships.map((township) => ({
		township,
		subjects: subjectsOf(scene, township),
		people: rosterOf(scene, township)
	}));
	/** The rows of every township, each with its township. */
	const all = <Row>(rowsOf: (crew: (typeof crews)[number]) => readonly Row[]): Of<Row>[] =>
		crews.flatMap((crew) => rowsOf(crew).map((row) => ({ township: crew.township, row })));
	const csv = (name: string, content: Table): ExportFile => ({
		name: `${label}${name}.csv`,
		format: 'csv',
		sheets: [{ name, title: null, ...content, totals: null }]
	});

	yield csv(
		'乡镇名册',
		table(
			all(({ township }) => township.versions),
			columns.townships
		)
	);
	yield csv(
		'本底名册',
		table(
			all(({ subjects }) => registerOf(scene, subjects)),
			columns.subjects
		)
	);
	yield csv(
		'协管人员名册',
		table(
			all(({ people }) => rosterToday(scene, people)),
			columns.people
		)
	);

	const patrols = all(({ township, subjects, people }) => patrolsOf(scene, township, subjects, people));
	for (const [year, rows] of byYear(patrols)) {
		const name = `${year}年度卫生监督协管巡查登记表`;
		const content = table(rows, columns.patrols);
		if (!workbooks) yield csv(name, content);
		else {
			const problems = rows.reduce((sum, { row }) => sum + row.problems, 0);
			yield {
				name: `${label}${name}.xlsx`,
				format: 'xlsx',
				sheets: [
					{
						name: '巡查登记',
						title: `${district.name}${name}`,
						...content,
						totals: totalsRow(content, '问题数', problems)
					}
				]
			};
		}
	}

	yield csv(
		'卫生监督协管信息报告登记表',
		table(
			all(({ township, people }) => cluesOf(scene, township, people)),
			columns.clues
		)
	);

	const forms = all(({ township }) => submissionsOf(scene, township));
	const monthly = table(
		forms.filter(({ row }) => row.form === 'monthly'),
		columns.submissions
	);
	const quarterly = table(
		forms.filter(({ row }) => row.form === 'quarterly'),
		columns.submissions
	);
	if (!workbooks) yield csv('报表报送登记', table(forms, columns.submissions));
	else
		yield {
			name: `${label}报表报送登记.xlsx`,
			format: 'xlsx',
			sheets: [
				{ name: '月报', title: `${district.name}卫生监督协管月报报送情况`, ...monthly, totals: null },
				{ name: '季报', title: `${district.name}卫生监督协管季报报送情况`, ...quarterly, totals: null }
			]
		};

	yield csv(
		'协管工作登记',
		table(
			all(({ township }) => activitiesOf(scene, township)),
			columns.activities
		)
	);
	yield csv(
		'投诉举报登记',
		table(
			all(({ township }) => complaintsOf(scene, township)),
			columns.complaints
		)
	);
	yield csv(
		'稽查抽查记录',
		table(
			all(({ township }) => spotChecksOf(scene, township)),
			columns.spotChecks
		)
	);
	const assessments = new Map(townships.map((township) => [township, assessmentOf(scene, township)]));
	yield csv(
		'现场考核评分',
		table(
			all(({ township }) => assessments.get(township)?.marks ?? []),
			columns.marks
		)
	);
	yield csv(
		'现场考核扣分',
		table(
			all(({ township }) => assessments.get(township)?.deductions ?? []),
			columns.deductions
		)
	);
	yield csv(
		'知晓率满意度调查',
		table(
			all(({ township }) => assessments.get(township)?.figures ?? []),
			columns.figures
		)
	);
}

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
