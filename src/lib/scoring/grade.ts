/** Grades (等次): the highest band that the four-decimal score reaches, never a rounded display. */
import { compare, type Fraction } from '../basis/fraction.ts';
import type { Grade } from './scheme.ts';

/** The grade of a unit that has no score. */
export const noGrade = 'none';

/** The key of the grade of a score; `grades` come highest first and reach down to 0. */
export function gradeOf(grades: readonly Grade[], score: Fraction): string {
	return grades.find(({ atLeast }) => compare(score, atLeast) >= 0)?.key ?? noGrade;
}

/** Whether grade `a` is worse than grade `b`; a unit without a grade has nothing to lose. */
export function isWorse(grades: readonly Grade[], a: string, b: string): boolean {
	const [placeOfA, placeOfB] = [a, b].map((key) => grades.findIndex((grade) => grade.key === key)) as [number, number];
	return placeOfB >= 0 && placeOfA > placeOfB;
}
