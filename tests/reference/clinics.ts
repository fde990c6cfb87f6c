/**
 * Clinics of random counties, and the reading of section 4 of design/rules.md on them: a scheme of clinics scores them by
 * the rows that carry them, and the rest is the same. So a county of clinics is a county whose townships are clinics.
 */
import type { Dice } from './dice.ts';
import { diceOf } from './dice.ts';
import type { ClinicRow, County, TownshipRow } from './rows.ts';

/** The unit of a clinic: its township's code and its own. */
const unitOf = ({ township, code }: ClinicRow): string => `${township}-${code}`;

/** Adds clinics to a random county, named on its rows by code or by name; some names are two clinics', or nobody's. */
export function addClinics(seed: number, county: County): void {
	const dice = diceOf(seed, 'clinics');
	for (const township of new Set(county.townships.map(({ code }) => code))) {
		const names = ['东村卫生室', '西村卫生室', '南村卫生室', '东村卫生室'];
		for (let index = dice.between(1, 4); index > 0; index -= 1) {
			county.clinics.push({
				// Unique in its township only.
				code: `V${String(index)}`,
				name: names[index - 1] ?? '',
				township,
				ended_on: dice.chance(1, 8) ? dice.pick(['2025-03-31', '2025-06-30', '2025-12-31', '2026-01-01']) : null
			});
		}
	}
	for (const rows of [county.subjects, county.patrols, county.clues, county.staff, county.deductions])
		for (const row of rows) row.clinic = written(dice, county, row.township);
	for (const mark of county.marks) mark.clinic = null;
	const own = county.marks.filter(() => dice.chance(1, 2));
	for (const mark of own)
		for (const clinic of county.clinics.filter(({ township }) => township === mark.township))
			if (dice.chance(2, 3)) county.marks.push({ ...mark, clinic: clinic.code, points: String(dice.between(0, 12)) });
}

function written(dice: Dice, county: County, township: string): string | null {
	if (dice.chance(1, 4)) return null;
	if (dice.chance(1, 15)) return '撤销的卫生室';
	const clinic = dice.pick(county.clinics.filter((row) => row.township === township));
	return dice.chance(1, 2) ? clinic.code : clinic.name;
}

/** The one clinic that a row names by its code or, where no other has it, by its name. */
function clinicOf(county: County, row: { township: string; clinic?: string | null }): ClinicRow | undefined {
	const here = county.clinics.filter(({ township }) => township === row.township);
	const coded = here.find(({ code }) => code === row.clinic);
	if (coded) return coded;
	const named = here.filter(({ name }) => name === row.clinic);
	return named.length === 1 ? named[0] : undefined;
}

/** The county whose townships are the clinics, with the rows that carry them. */
export function countyOfClinics(county: County): County {
	const carried = <T extends { township: string; clinic?: string | null }>(rows: readonly T[]): T[] =>
		rows.flatMap((row) => {
			const clinic = clinicOf(county, row);
			return clinic ? [{ ...row, clinic: null, township: unitOf(clinic) }] : [];
		});
	const townships = county.clinics.flatMap((clinic) =>
		county.townships
			.filter(({ code }) => code === clinic.township)
			.map((version): TownshipRow => {
				const ends = [clinic.ended_on, version.ended_on].filter((day) => day !== null).sort();
				return {
					...version,
					code: unitOf(clinic),
					name: clinic.name,
					institution: null,
					population: null,
					min_staff: null,
					ended_on: ends[0] ?? null
				};
			})
	);
	return {
		...county,
		whole: county,
		townships,
		subjects: carried(county.subjects),
		patrols: carried(county.patrols),
		// A finding is of the clinic of its patrol.
		findings: county.findings.flatMap((finding) => {
			const patrol = county.patrols.find((row) => row.township === finding.township && row.id === finding.patrol);
			const clinic = patrol && clinicOf(county, patrol);
			return clinic ? [{ ...finding, township: unitOf(clinic) }] : [];
		}),
		clues: carried(county.clues),
		staff: carried(county.staff),
		marks: carried(county.marks),
		deductions: carried(county.deductions),
		submissions: [],
		activities: [],
		complaints: [],
		spotChecks: [],
		figures: []
	};
}
