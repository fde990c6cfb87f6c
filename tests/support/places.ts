/** Small export files of invented places, for pages that must stand with one township, fifteen hundred, or odd names. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvText } from '#lib/server/workbooks/write-csv.ts';

export interface Place {
	readonly code: string;
	readonly name: string;
	/** Whether its premises are visited in the second of the two quarters. */
	readonly diligent: boolean;
}

/** So many townships with plain names. */
export const manyPlaces = (count: number): Place[] =>
	Array.from({ length: count }, (_, i) => ({
		code: String(320_100_001 + i),
		name: `第${i + 1}乡`,
		diligent: i % 3 !== 0
	}));

/** A name that is markup, one of sixty characters, and one of two. */
export const oddPlaces: readonly Place[] = [
	{ code: '320411101', name: '<img src=x onerror=alert(1)>', diligent: true },
	{
		code: '320411102',
		name: '常州市新北区春江街道滨江经济开发区沿江高新技术产业园与圩塘老镇及魏村桃花港沿线三十六个自然村联合社区卫生服务管理中心镇'
			.padEnd(60, '镇')
			.slice(0, 60),
		diligent: false
	},
	{ code: '320411103', name: '圩镇', diligent: true }
];

const subjectsEach = 3;
const quarters = ['2025-08', '2025-11'] as const;

/**
 * Writes the registers and the patrols of two quarters, 2025Q3 and 2025Q4, into a folder. Every township has three
 * premises; one that is not diligent visits two of them in the fourth quarter.
 * @returns the files
 */
export function writePlaces(folder: string, places: readonly Place[]): string[] {
	mkdirSync(folder, { recursive: true });
	const write = (name: string, rows: readonly (readonly string[])[]): string => {
		const path = join(folder, name);
		writeFileSync(path, csvText(rows.map((row) => [...row])));
		return path;
	};
	const subjects = places.flatMap(({ code, name }) =>
		Array.from({ length: subjectsEach }, (_, i) => ({ code, id: `${code}-${i + 1}`, name: `${name}第${i + 1}饭店` }))
	);
	const diligent = new Map(places.map((place) => [place.code, place.diligent]));
	const patrols = quarters.flatMap((month, quarter) =>
		subjects
			.filter(({ code, id }) => quarter === 0 || diligent.get(code) === true || !id.endsWith('-3'))
			.map(({ code, id, name }, i) => [
				`${month}-${i + 1}`,
				id,
				name,
				code,
				'食品安全',
				`${month}-1${(i % 9) + 1}`,
				i % 7 === 0 ? '1' : '0',
				`${month}-2${(i % 9) + 1}`
			])
	);
	return [
		write('乡镇名册.csv', [
			['行政区划代码', '乡镇名称', '服务人口', '应配协管员数'],
			...places.map(({ code, name }, i) => [code, name, String(20_000 + i), '2'])
		]),
		write('本底名册.csv', [
			['单位编号', '单位名称', '专业类别', '所属乡镇', '建档日期'],
			...subjects.map(({ id, name, code }) => [id, name, '食品安全', code, '2024-01-05'])
		]),
		write('巡查登记.csv', [
			['流水号', '单位编号', '单位名称', '所属乡镇', '专业类别', '巡查日期', '问题数', '填报日期'],
			...patrols
		])
	];
}
