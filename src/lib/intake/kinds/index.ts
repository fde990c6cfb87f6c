/** All kinds of fact, in the order in which one import takes them: registers first, findings after their patrols. */
import { deductionKind, disbursementKind, figureKind, markKind } from './assessment.ts';
import type { Field, Kind } from './declare.ts';
import {
	activityKind,
	clueKind,
	complaintKind,
	findingKind,
	patrolKind,
	spotCheckKind,
	submissionKind
} from './fieldwork.ts';
import { clinicKind, staffKind, subjectKind, townshipKind } from './registers.ts';

export const kinds: readonly Kind[] = [
	townshipKind,
	clinicKind,
	subjectKind,
	staffKind,
	patrolKind,
	findingKind,
	clueKind,
	submissionKind,
	activityKind,
	complaintKind,
	spotCheckKind,
	markKind,
	deductionKind,
	figureKind,
	disbursementKind
];

/** The kind of that name, or undefined. */
export const kindNamed = (name: string): Kind | undefined => kinds.find((kind) => kind.name === name);

/** The field of that name, or undefined. */
export const fieldNamed = (kind: Kind, name: string): Field | undefined =>
	kind.fields.find((field) => field.name === name);

/**
 * The fields that a fact's table stores beside its township and key: not the township, not the revision flag, and not
 * an id, which is the key itself; nor what only checks the rest of the row.
 */
export const storedFields = (kind: Kind): readonly Field[] =>
	kind.fields.filter(
		({ type, name, onlyChecks }) => type !== 'flag' && type !== 'township' && name !== 'id' && onlyChecks !== true
	);

/** The fields that an office fills in: what a printed sheet says of its own lines is none of them. */
export const fieldsToFill = (kind: Kind): readonly Field[] =>
	kind.fields.filter(({ name }) => name !== kind.atMost?.bound);
