/** The schemes of a home with all their versions, and which of them is in force on a day. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../../basis/codes.ts';
import { calendar, type Day } from '../../basis/day.ts';
import { periodAt, periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { problemText } from '../../messages/problem-text.ts';
import type { ListedScheme } from '../../reports/schemes.ts';
import { inForce } from '../../scoring/family.ts';
import { readScheme } from '../../scoring/read-scheme.ts';
import { shelfNames } from '../schemes/library.ts';
import { defaultSchemeOf, vocabularyOf } from '../schemes/load.ts';
import { versionsOf } from '../schemes/versions.ts';
import type { Look } from '../warehouse/house.ts';
import { type PublishedVersion, publishedSchemes } from './published-schemes.ts';

/** Where a bureau's drafts stand: a draft has an id and may have errors. */
export const draftPath = (home: string, id: string): string => join(home, 'drafts', `${id}.yaml`);

/** The ids of drafts. */
const draftNames = (home: string): string[] => {
	const folder = join(home, 'drafts');
	return existsSync(folder)
		? readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []))
		: [];
};

/** One scheme. A file that cannot be read is told, not thrown: the others are listed all the same. */
export function listedScheme(
	home: string,
	id: string,
	published: readonly PublishedVersion[],
	today: Day,
	locale: Locale
): ListedScheme {
	const hasDraft = existsSync(draftPath(home, id));
	const used = defaultSchemeOf(home) === id;
	try {
		const vocabulary = vocabularyOf(home);
		const read = versionsOf(id, home).map((shelved) => ({ shelved, ...readScheme(shelved.tree, vocabulary) }));
		const latest = read.at(-1)?.scheme;
		const { year, month } = calendar(today);
		const period = latest ? periodAt(latest.frequency, year, month) : null;
		return {
			id,
			name: latest?.name ?? { zh: id },
			used,
			versions: read.map(({ shelved: { version, origin, file, sha256 }, scheme: { periods }, findings }) => {
				const record = published.find((one) => one.id === id && one.version === version) ?? null;
				return {
					version,
					origin,
					file,
					sha256,
					from: periods.from && periodId(periods.from),
					to: periods.to && periodId(periods.to),
					errors: findings.filter(({ level }) => level === 'error').length,
					warnings: findings.filter(({ level }) => level === 'warning').length,
					published: record && { actor: record.actor, at: record.at, reason: record.reason },
					changed: record !== null && record.sha256 !== sha256
				};
			}),
			inForce:
				(period &&
					inForce(
						read.map(({ scheme }) => scheme),
						period
					)?.version) ??
				null,
			period: period && periodId(period),
			hasDraft,
			problem: null
		};
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		const nothing = { name: { zh: id }, versions: [], inForce: null, period: null };
		return { id, used, hasDraft, ...nothing, problem: problemText(problem, locale) };
	}
}

/** All schemes, by id. */
export async function listSchemes(
	{ engine, home }: Pick<Look, 'engine' | 'home'>,
	today: Day,
	locale: Locale
): Promise<ListedScheme[]> {
	const published = await publishedSchemes(engine);
	const ids = [...new Set([...shelfNames('schemes', home), ...draftNames(home)])].sort();
	return ids.map((id) => listedScheme(home, id, published, today, locale));
}
