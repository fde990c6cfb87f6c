/** 起草细则: a draft of a scheme's next version, which anybody may change until it is published. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Actor, Locale } from '../../basis/codes.ts';
import { calendar } from '../../basis/day.ts';
import { parsePeriod, periodAt, periodId, shift } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { nextVersion } from '../../scoring/family.ts';
import { editYaml } from '../../yaml/edit-yaml.ts';
import { sha256Of, shelfName } from '../schemes/library.ts';
import { versionsOf } from '../schemes/versions.ts';
import type { House } from '../warehouse/house.ts';
import { recordAct } from './audit.ts';
import { draftPath } from './list-schemes.ts';
import type { Clock } from './office.ts';
import { type Published, publishScheme } from './publish-scheme.ts';
import { draftName, schemeDocument } from './show-scheme.ts';

interface Office {
	readonly id: string;
	readonly clock: Clock;
	readonly locale: Locale;
}

/** Writes a file at once or not at all. */
function write(path: string, text: string): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(`${path}.new`, text, { flush: true });
	renameSync(`${path}.new`, path);
}

/**
 * Begins a draft from a version: the next number, and in force from the next period. A draft that there is stays as it is.
 * @throws Problem `scheme_unknown`, `yaml_invalid`
 */
export const beginDraft = (
	house: House,
	{ id, version, clock }: Omit<Office, 'locale'> & { readonly version: string },
	actor: Actor
): Promise<void> =>
	house.act(async ({ engine, home }) => {
		const path = draftPath(home, id);
		const { text, scheme } = schemeDocument(home, id, version);
		if (existsSync(path)) return;
		const { year, month } = calendar(clock.today());
		const from = periodId(shift(periodAt(scheme.frequency, year, month), 1));
		const next = nextVersion(versionsOf(id, home).map((one) => one.version));
		const draft = editYaml(text, [
			{ path: ['version'], value: next, words: false },
			{ path: ['periods', 'from'], value: from, words: false }
		]);
		await engine.transaction(async () => {
			await recordAct(engine, actor, clock.now(), 'begin_draft', { id, version: next, basedOn: version });
			write(path, draft);
		});
	});

/**
 * Keeps a draft. It may have errors: then it can be mended, and neither tried nor published.
 * @param base the SHA-256 of the text on which the changes were made
 * @throws Problem `draft_unknown`, `draft_changed`
 */
export const saveDraft = (
	house: House,
	{ id, text, base, clock }: Omit<Office, 'locale'> & { readonly text: string; readonly base: string },
	actor: Actor
): Promise<void> =>
	house.act(async ({ engine, home }) => {
		const path = draftPath(home, id);
		if (!existsSync(path)) throw new Problem('draft_unknown', { name: id });
		if (sha256Of(readDraft(home, id)) !== base) throw new Problem('draft_changed', { name: id });
		// A form sends the ends of lines as a typewriter has them.
		const kept = text.replaceAll('\r\n', '\n');
		await engine.transaction(async () => {
			await recordAct(engine, actor, clock.now(), 'save_draft', { id, sha256: sha256Of(kept) });
			write(path, kept);
		});
	});

/**
 * The text of a draft, also of one that is no YAML.
 * @throws Problem `draft_unknown`
 */
export function readDraft(home: string, id: string): string {
	const path = draftPath(home, id);
	if (!shelfName.test(id) || !existsSync(path)) throw new Problem('draft_unknown', { name: id });
	return readFileSync(path, 'utf8');
}

/** Throws a draft away. */
export const discardDraft = (house: House, { id, clock }: Omit<Office, 'locale'>, actor: Actor): Promise<void> =>
	house.act(async ({ engine, home }) => {
		const text = readDraft(home, id);
		await engine.transaction(async () => {
			await recordAct(engine, actor, clock.now(), 'discard_draft', { id, sha256: sha256Of(text) });
			rmSync(draftPath(home, id), { force: true });
		});
	});

/**
 * Publishes the draft as it was read, in force from a period; then there is no draft any more.
 * @throws Problem of {@link publishScheme}; `draft_unknown`, `draft_changed`, `period_invalid`
 */
export const publishDraft = (
	house: House,
	{
		id,
		base,
		from,
		reason,
		past,
		clock,
		locale
	}: Office & {
		readonly base: string;
		readonly from: string;
		readonly reason: string;
		readonly past: boolean;
	},
	actor: Actor
): Promise<Published> =>
	house.act(async ({ engine, home }) => {
		const draft = readDraft(home, id);
		if (sha256Of(draft) !== base) throw new Problem('draft_changed', { name: id });
		const { scheme } = schemeDocument(home, id, draftName);
		if (scheme.id !== id) throw new Problem('draft_renamed', { name: id, id: scheme.id });
		const period = parsePeriod(from);
		if (!period || period.kind === 'month') throw new Problem('period_invalid', { period: from });
		const text =
			scheme.periods.from && periodId(scheme.periods.from) === periodId(period)
				? draft
				: editYaml(draft, [{ path: ['periods', 'from'], value: periodId(period), words: false }]);
		const published = await publishScheme(
			{ engine, home },
			{ text, file: `${id}.yaml`, reason, past, today: clock.today(), now: clock.now(), locale },
			actor
		);
		rmSync(draftPath(home, id), { force: true });
		return published;
	});
