/** A home with three townships and a scheme that asks for everything people enter: for tests of marks. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '#lib/basis/codes.ts';
import { day } from '#lib/basis/day.ts';
import { toFixed } from '#lib/basis/fraction.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { loadScheme } from '#lib/server/schemes/load.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import { inFolder } from './kaoji.ts';

export const marker: Actor = { name: 'test', role: 'clerk', townships: 'all' };
export const markingPeriod = parsePeriod('2026Q1') as Period;
export const [sanjing, menghe, luoxi] = ['320411100', '320411105', '320411107'] as const;

export const townshipFile = `行政区划代码,乡镇名称,类型
${sanjing},三井街道,街道
${menghe},孟河镇,镇
${luoxi},罗溪镇,镇
`;

/** The mark is worth 8 to a subdistrict and 10 to a town; the figure is for 孟河镇 alone. */
export const markingScheme = (secondPerson: boolean): string => `id: marking
version: 1
name: { zh: 打分细则 }
frequency: quarter
cutoff_days: 5
second_person: ${secondPerson}
full: 100
indicators:
  - key: onsite
    name: { zh: 现场考核, en: On site }
    points: { 街道: 8, default: 10 }
    measure: { name: mark }
    rule: { kind: mark }
  - key: discipline
    name: { zh: 工作纪律, en: Discipline }
    points: 5
    measure: { name: deductions }
    rule: { kind: mark }
  - key: awareness
    name: { zh: 群众知晓率, en: Awareness }
    points: 5
    measure: { name: figure, key: awareness_rate }
    rule: { kind: proportional, target: 0.8 }
    applies_to: { codes: ['${menghe}'] }
    empty: excluded
vetoes:
  - key: falsified
    name: { zh: 弄虚作假, en: Falsified }
    measure: { name: authenticity }
    part: short
    at_least: 5
    effect: { score: 60 }
grades:
  - { key: good, name: { zh: 合格 }, at_least: 60 }
  - { key: fail, name: { zh: 不合格 }, at_least: 0 }
annual: { method: mean }
`;

export interface Marking {
	readonly folder: string;
	readonly warehouse: Warehouse;
	readonly scheme: Scheme;
	/** When and for whom the next act is: each a minute after the one before. */
	readonly deciding: () => { readonly today: ReturnType<typeof day>; readonly now: string; readonly locale: 'zh' };
	/** Imports files by their paths. */
	readonly take: (...paths: readonly string[]) => ReturnType<typeof importPaths>;
	/** The points of an indicator and the score of a township; null where there are none. */
	readonly scoreOf: (
		township: string,
		indicator: string
	) => Promise<{ awarded: string | null; state: string; score: string | null; provisional: boolean }>;
}

/** Works over such a home, in memory. */
export const inMarking = (
	{ secondPerson = false }: { readonly secondPerson?: boolean },
	work: (marking: Marking) => Promise<void>
): Promise<void> =>
	inFolder(async (folder) => {
		const warehouse = await openWarehouse(join(folder, 'home'), { create: true, engineName: 'memory' });
		let minute = 0;
		const deciding: Marking['deciding'] = () => ({
			today: day(2026, 4, 30),
			now: `2026-04-30T08:${String(minute++).padStart(2, '0')}:00.000Z`,
			locale: 'zh'
		});
		const take: Marking['take'] = (...paths) => importPaths(warehouse, paths, {}, deciding(), marker);
		try {
			writeFileSync(join(folder, '乡镇.csv'), townshipFile);
			writeFileSync(join(folder, 'marking.yaml'), markingScheme(secondPerson));
			await take(join(folder, '乡镇.csv'));
			const scheme = loadScheme(join(folder, 'marking.yaml'), null, 'zh');
			await work({
				folder,
				warehouse,
				scheme,
				deciding,
				take,
				scoreOf: async (township, indicator) => {
					const { scores } = await scorePeriod(warehouse, scheme, markingPeriod, marker);
					const score = scores.find(({ code }) => code === township);
					if (!score || !('indicators' in score)) throw new Error(township);
					const own = score.indicators.find(({ key }) => key === indicator);
					return {
						awarded: own?.awarded ? toFixed(own.awarded, 4) : null,
						state: own?.tally.state ?? '',
						score: score.score && toFixed(score.score, 4),
						provisional: score.provisional
					};
				}
			});
		} finally {
			await warehouse.engine.close();
		}
	});
