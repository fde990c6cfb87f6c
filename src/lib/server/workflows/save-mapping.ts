/** Saves a mapping under a name of the bureau's own, so that the next file of the same header is read by it. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Actor, inLocale, type Locale } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import { fieldLabel, type Kind } from '../../intake/kinds/declare.ts';
import { type MappingDraft, mappingOf, missingIn } from '../../intake/mapping-draft.ts';
import { mappingYaml } from '../../intake/mapping-yaml.ts';
import { ownNames, readMapping, shelfName, shelfNames } from '../schemes/library.ts';
import type { House } from '../warehouse/house.ts';
import { recordAct } from './audit.ts';
import { findSheet, type SheetAsked } from './map-columns.ts';
import type { Clock } from './office.ts';
import { safeName } from './stage-files.ts';
import { changeWaiting } from './waiting-files.ts';

const longestName = 60;

/** A name that is no part of a path, and that no file system takes for something else. */
const isName = (name: string): boolean =>
	shelfName.test(name) && [...name].length <= longestName && safeName(`${name}.yaml`) === `${name}.yaml`;

/** Where the files of a mapping can stand: a mapping that is replaced may have been written by hand. */
const endings = ['yaml', 'yml', 'json'];

/**
 * Writes the mapping into the home and takes it for the sheet that it was made for. One that is replaced stays beside
 * it as `NAME.TIME.yaml.old`, which is on no shelf and so is found by nobody.
 * @throws Problem `mapping_name_unsafe`, `mapping_name_taken` and `mapping_header_taken` (and not to be replaced), `mapping_unfinished`; of {@link findSheet}
 */
export const saveMapping = (
	house: House,
	asked: SheetAsked,
	draft: (kind: Kind) => MappingDraft,
	{
		name: written,
		replace,
		clock,
		locale
	}: { readonly name: string; readonly replace: boolean; readonly clock: Clock; readonly locale: Locale },
	actor: Actor
): Promise<string> =>
	house.act(async ({ engine, home }) => {
		const { kind, headers } = await findSheet(home, asked, actor);
		const name = written.trim().normalize('NFC');
		const mapping = mappingOf(draft(kind), name, headers);
		const missing = missingIn(mapping, kind);
		if (missing.length > 0)
			throw new Problem('mapping_unfinished', {
				fields: missing.map((field) => inLocale(fieldLabel(field), locale)).join(', ')
			});
		if (!isName(name)) throw new Problem('mapping_name_unsafe', { name });
		if (!replace && shelfNames('mappings', home).includes(name)) throw new Problem('mapping_name_taken', { name });
		const twin = ownNames('mappings', home).find(
			(own) => own !== name && fingerprintAt(own, home) === mapping.fingerprint
		);
		if (twin !== undefined && !replace) throw new Problem('mapping_header_taken', { name: twin });
		const folder = join(home, 'mappings');
		await engine.transaction(async () => {
			await recordAct(engine, actor, clock.now(), 'save_mapping', { name, kind: kind.name, replace });
			mkdirSync(folder, { recursive: true });
			const path = join(folder, `${name}.yaml`);
			writeFileSync(`${path}.new`, mappingYaml(mapping, headers));
			putAside(folder, name, clock.now());
			// Two of one header would make every later file of it ambiguous.
			if (twin !== undefined) putAside(folder, twin, clock.now());
			renameSync(`${path}.new`, path);
		});
		const made = { sheet: asked.sheet, mapping: name };
		changeWaiting(
			home,
			asked,
			(file) => ({
				...file,
				kind: null,
				mapping: null,
				sheets: [...file.sheets.filter(({ sheet }) => sheet !== asked.sheet), made]
			}),
			actor
		);
		return name;
	});

/** The header that a mapping was made for; null where it has none, or cannot be read. */
function fingerprintAt(name: string, home: string): string | null {
	try {
		return readMapping(name, home).fingerprint;
	} catch (problem) {
		if (problem instanceof Problem) return null;
		throw problem;
	}
}

function putAside(folder: string, name: string, now: string): void {
	const time = now.replace(/\D/g, '').slice(0, 14);
	for (const ending of endings) {
		const path = join(folder, `${name}.${ending}`);
		let aside = join(folder, `${name}.${time}.${ending}.old`);
		for (let i = 2; existsSync(aside); i++) aside = join(folder, `${name}.${time}-${i}.${ending}.old`);
		if (existsSync(path)) renameSync(path, aside);
	}
}
