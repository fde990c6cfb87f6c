/** Small export files for tests, written as an office would. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const townshipCsv =
	'行政区划代码,乡镇名称,机构名称,服务人口,类型\n320411100,三井街道,三井社区卫生服务中心,81370,街道\n320411105,孟河镇,孟河中心卫生院,60000,镇\n';

/** A register of `count` subjects of 三井街道. */
export const subjectCsv = (count: number): string =>
	`单位编号,单位名称,专业类别,所属乡镇,建档日期\n${Array.from({ length: count }, (_, i) => `S${i + 1},第${i + 1}餐饮店,餐饮,三井街道,2024-01-05`).join('\n')}\n`;

/** Patrols of 三井街道, one for each subject. */
export const patrolCsv = (count: number, month = '2025-02'): string =>
	`流水号,单位编号,所属乡镇,专业类别,巡查日期,问题数\n${Array.from(
		{ length: count },
		(_, i) => `P${month}-${i + 1},S${i + 1},三井街道,食品安全,${month}-${String((i % 28) + 1).padStart(2, '0')},0`
	).join('\n')}\n`;

/** Writes files into a folder and gives their paths, in the order in which they are named. */
export function write<T extends Record<string, string | Uint8Array>>(
	folder: string,
	files: T
): Record<keyof T, string> {
	const paths = Object.fromEntries(
		Object.entries(files).map(([name, content]) => {
			const path = join(folder, name);
			writeFileSync(path, content);
			return [name, path];
		})
	);
	return paths as Record<keyof T, string>;
}
