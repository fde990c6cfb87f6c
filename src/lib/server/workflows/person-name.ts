/** The names of persons, as they are typed until there are accounts. */
import { Problem } from '../../basis/problem.ts';

/**
 * A name as it is kept.
 * @throws Problem `entry_by_missing`
 */
export function nameOf(by: string): string {
	const name = by.normalize('NFC').trim().replace(/\s+/gu, ' ');
	if (name === '') throw new Problem('entry_by_missing');
	return name;
}

/** Whether two names are of one person: width, case and white space do not tell people apart. */
export function sameName(one: string, other: string): boolean {
	const [a, b] = [one, other].map((name) => name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase());
	return a === b;
}
