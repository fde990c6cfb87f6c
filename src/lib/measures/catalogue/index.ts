/** All measures (rules.md, 3), in the order of that table. */
import type { Measure } from '../declare.ts';
import { activityCount, clueCount, patrolCount, staffing, workload } from './counts.ts';
import { authenticity, deductions, figure, mark } from './entered.ts';
import {
	clueReporting,
	complaintClosure,
	formTimeliness,
	problemRate,
	recordCompleteness,
	recordTimeliness,
	rectification
} from './fieldwork.ts';
import { filingRate, gradingRate, patrolCompletion, patrolCoverage } from './register.ts';

export const measures: readonly Measure[] = [
	filingRate,
	patrolCoverage,
	patrolCompletion,
	gradingRate,
	formTimeliness,
	recordTimeliness,
	clueReporting,
	problemRate,
	rectification,
	recordCompleteness,
	complaintClosure,
	activityCount,
	patrolCount,
	clueCount,
	staffing,
	authenticity,
	figure,
	mark,
	deductions,
	workload
];

/** The measure of that name, or undefined. */
export const measureNamed = (name: string): Measure | undefined => measures.find((measure) => measure.name === name);
