/**
 * Which townships there are for each size. The county and the city bear real names, so that the pages look as they
 * will look at work; a province or a nation bears invented names under codes that GB/T 2260 gives to no province.
 * Everything said about any of these places is invented.
 */

export type Size = 'county' | 'city' | 'province' | 'nation';

/** What marks a township, apart from its habits, for the reader of the data to find. */
type Trouble = 'late_forms' | 'bunched' | 'staff_left' | 'tireless_inspector' | 'few_problems';

export interface Place {
	readonly code: string;
	readonly name: string;
	readonly kind: '街道' | '镇';
	/** About how many premises are on its register. */
	readonly subjects: number;
	readonly minStaff: number;
	readonly trouble: Trouble | null;
}

/** Townships whose files are handed in together; `label` opens the names of the files, empty where it is the only one. */
export interface District {
	readonly label: string;
	readonly name: string;
	readonly places: readonly Place[];
}

type Named = readonly [name: string, subjects: number, trouble?: Trouble];

/** 孟河镇 and 三井街道 need three coordinators, as in the rules of 新北区 (data/schemes/xinbei-2025.yaml). */
const threeStaff = new Set(['孟河镇', '三井街道']);

const district = (code: string, name: string, label: string, named: readonly Named[]): District => ({
	label,
	name,
	places: named.map(([township, subjects, trouble], i) => ({
		code: `${code}${100 + i}`,
		name: township,
		kind: township.endsWith('街道') ? '街道' : '镇',
		subjects,
		minStaff: threeStaff.has(township) ? 3 : 2,
		trouble: trouble ?? null
	}))
});

const xinbei: readonly Named[] = [
	['三井街道', 700],
	['龙虎塘街道', 470],
	['春江街道', 600, 'tireless_inspector'],
	['魏村街道', 360, 'late_forms'],
	['新桥街道', 450, 'few_problems'],
	['孟河镇', 630],
	['薛家镇', 540],
	['罗溪镇', 400, 'bunched'],
	['西夏墅镇', 360, 'staff_left'],
	['奔牛镇', 490]
];

const alike = (names: string): readonly Named[] => names.split(' ').map((name) => [name, 500] as const);

function* city(): Generator<District> {
	yield district('320411', '新北区', '新北区-', xinbei);
	const others: readonly (readonly [string, string, string])[] = [
		['320402', '天宁区', '茶山街道 红梅街道 青龙街道 雕庄街道 兰陵街道 天宁街道 郑陆镇'],
		['320404', '钟楼区', '五星街道 永红街道 北港街道 西林街道 南大街街道 新闸街道 邹区镇'],
		[
			'320412',
			'武进区',
			'湖塘镇 牛塘镇 洛阳镇 遥观镇 横林镇 横山桥镇 雪堰镇 前黄镇 礼嘉镇 嘉泽镇 湟里镇 南夏墅街道 西湖街道 丁堰街道 潞城街道 戚墅堰街道'
		],
		['320413', '金坛区', '西城街道 东城街道 尧塘街道 金城镇 儒林镇 直溪镇 朱林镇 薛埠镇 指前镇'],
		['320481', '溧阳市', '溧城街道 昆仑街道 古县街道 埭头镇 戴埠镇 天目湖镇 别桥镇 上兴镇 竹箦镇 南渡镇 社渚镇']
	];
	for (const [code, name, names] of others) yield district(code, name, `${name}-`, alike(names));
}

/** One township in six has a trouble; which one follows from its number. */
const troubles: readonly Trouble[] = ['late_forms', 'bunched', 'staff_left', 'tireless_inspector', 'few_problems'];

const perCounty = 15;

/** The `index`-th code that stands in no province: 66 to 99, without Taiwan, Hong Kong and Macao. */
function inventedCode(index: number): string {
	const county = Math.floor(index / perCounty);
	const province = Math.floor(county / 100);
	const first = 66 + province + (province >= 5 ? 1 : 0) + (province >= 14 ? 2 : 0);
	const within = `${String(Math.floor((county % 100) / 10) + 1).padStart(2, '0')}${String((county % 10) + 21)}`;
	return `${first}${within}${100 + (index % perCounty)}`;
}

/** `count` invented townships, `together` of them a district. */
function* invented(count: number, together: number, subjects: number): Generator<District> {
	const digits = String(count).length;
	for (let from = 0; from < count; from += together) {
		const number = String(from / together + 1).padStart(4, '0');
		yield {
			label: `${number}-`,
			name: `示范区${number}`,
			places: Array.from({ length: Math.min(together, count - from) }, (_, i): Place => {
				const index = from + i;
				return {
					code: inventedCode(index),
					name: `示范镇${String(index + 1).padStart(digits, '0')}`,
					kind: '镇',
					subjects,
					minStaff: index % 8 === 0 ? 3 : 2,
					trouble: index % 6 === 0 ? (troubles[(index / 6) % troubles.length] ?? null) : null
				};
			})
		};
	}
}

/** The districts of a size, one by one: each is about as large as the county, so that one at a time fits in memory. */
export function* districtsOf(size: Size): Generator<District> {
	if (size === 'county') yield district('320411', '新北区', '', xinbei);
	else if (size === 'city') yield* city();
	else if (size === 'province') yield* invented(1_500, perCounty, 400);
	else yield* invented(40_000, 10 * perCounty, 20);
}
