/** Which township a cell means (rules.md, 2): by code, name, institution, or a name with its suffix removed or restored. */
import { type TownshipCode, townshipCode } from '../basis/codes.ts';

/** One version of a township as its register has it. */
export interface NamedTownship {
	readonly code: string;
	readonly name: string;
	readonly institution: string | null;
}

export type TownshipAnswer =
	{ readonly code: TownshipCode } | { readonly problem: 'unknown_township' | 'ambiguous_township' };

/** Longest first: 中心卫生院 must not leave 中心 behind. */
const officeSuffixes = ['社区卫生服务中心', '人民政府', '中心卫生院', '卫生院'];
const rankSuffixes = ['街道', '镇', '乡'];

const compact = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

const without = (text: string, suffixes: readonly string[]): string => {
	const suffix = suffixes.find((candidate) => text.length > candidate.length && text.endsWith(candidate));
	return suffix === undefined ? text : text.slice(0, -suffix.length);
};

/** A name without the office that it names. A 街道办事处 is the office of a 街道, which stays in the name. */
const withoutOffice = (text: string): string =>
	text.endsWith('街道办事处') ? text.slice(0, -'办事处'.length) : without(text, officeSuffixes);

/**
 * Builds the resolver for a register. The stricter way of matching wins: a code before a name, a name before an
 * institution, and only then the names without their suffixes, so that 新桥镇 and 新桥街道 stay apart where both exist.
 */
export function townshipResolver(register: readonly NamedTownship[]): (cell: string) => TownshipAnswer {
	const tiers: ((cell: string) => string)[] = [(cell) => cell, (cell) => cell, (cell) => cell];
	const keys: ((township: NamedTownship) => string | null)[] = [
		(township) => compact(township.code),
		(township) => compact(township.name),
		(township) => (township.institution === null ? null : compact(township.institution))
	];
	tiers.push(withoutOffice, (cell) => without(withoutOffice(cell), rankSuffixes));
	keys.push(
		(township) => compact(township.name),
		(township) => without(compact(township.name), rankSuffixes)
	);
	const indexes = keys.map((key) => {
		const index = new Map<string, Set<string>>();
		for (const township of register) {
			const at = key(township);
			if (at === null || at === '') continue;
			const codes = index.get(at);
			if (codes) codes.add(township.code);
			else index.set(at, new Set([township.code]));
		}
		return index;
	});
	return (cell) => {
		const text = compact(cell);
		for (const [tier, form] of tiers.entries()) {
			const found = [...(indexes[tier]?.get(form(text)) ?? [])];
			if (found.length > 1) return { problem: 'ambiguous_township' };
			if (found[0] !== undefined) return { code: townshipCode(found[0]) };
		}
		return { problem: 'unknown_township' };
	};
}
