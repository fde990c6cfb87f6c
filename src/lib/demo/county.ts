/** The townships of a district: who they are, and the habits by which they differ. */
import { type Day, calendar, day } from '../basis/day.ts';
import { type Dice, diceOf } from './dice.ts';
import type { District, Place } from './places.ts';
import { fullQuarters, type Scene } from './scene.ts';

/** Shares (0 to 1) at the start of the years covered; all but `problems` improve by `gain` a quarter. */
interface Habits {
	/** Premises visited in a quarter. */
	readonly coverage: number;
	/** Patrols, clues and forms entered in time. */
	readonly timely: number;
	/** Problems put right by their deadline. */
	readonly rectified: number;
	/** Premises with a file. */
	readonly filed: number;
	/** Problems found, as a multiple of what is usual. */
	readonly problems: number;
	/** On-site mark, of 10. */
	readonly onsite: number;
	readonly gain: number;
}

/** A township as one date has it on its register. */
export interface Version {
	readonly asOf: Day;
	readonly population: number;
}

export interface Township extends Place {
	readonly institution: string;
	/** Its name without 镇 or 街道, as premises use it. */
	readonly short: string;
	readonly versions: readonly Version[];
	readonly villages: readonly string[];
	readonly habits: Habits;
}

const villageWords =
	'东方 新华 龙城 长江 桃源 银河 富强 前进 红旗 永丰 安宁 仙龙 黄山 滨江 通江 太平 庆丰 新龙 百馨 双桥 石桥 梅村 黄河 华山 汉江 飞龙 圩塘 百丈 小河 万绥 浦河 南街 北街 东街 西街 杨庄 蒋家 丁家 薛冶 吕墅 邱庄 叶汤 王下 黄墅 鸦鹊 温寺 空港 汤庄 润江 徐墅'.split(
		' '
	);

/** The share after `place` quarters, closing part of the distance to 1. */
export function improved(share: number, { gain }: Habits, place: number): number {
	return share + (1 - share) * Math.min(0.75, gain * place);
}

/** The townships of a district, in the order of its codes. */
export function townshipsOf(scene: Scene, district: District): Township[] {
	const count = district.places.length;
	const dice = diceOf(scene.seed, district.name, 'levels');
	// Levels are dealt out, not thrown, so that a district always has strong and weak townships.
	const levels = dice.shuffled(Array.from({ length: count }, (_, i) => (count === 1 ? 0.5 : i / (count - 1))));
	return district.places.map((place, i) => township(scene, place, levels[i] ?? 0.5));
}

function township(scene: Scene, place: Place, level: number): Township {
	const dice = diceOf(scene.seed, place.code, 'township');
	const short = place.kind === '街道' ? place.name.slice(0, -2) : place.name.replace('镇', '');
	const small = place.subjects < 100;
	const subjects = place.subjects + dice.between(-2, 2) * (small ? 1 : Math.floor(place.subjects / 100));
	return {
		...place,
		subjects,
		short,
		institution: `${place.name}${place.kind === '街道' ? '社区卫生服务中心' : '卫生院'}`,
		versions: versionsOf(scene, dice.between(70, 130) * (small ? 400 : place.subjects) * (small ? 1 : 1.3), dice),
		villages: dice
			.shuffled(villageWords)
			.slice(0, small ? 4 : Math.max(6, Math.min(16, Math.round(place.subjects / 45))))
			.map((word) => word + (place.kind === '街道' && dice.chance(0.7) ? '社区' : '村')),
		habits: {
			coverage: 0.86 + 0.125 * level,
			timely: 0.86 + 0.05 * level + dice.share(0, 0.08),
			rectified: 0.8 + dice.share(0, 0.14),
			filed: 0.955 + 0.04 * level,
			problems: dice.share(0.8, 1.25),
			onsite: 7 + level + dice.share(0, 1.2),
			gain: dice.share(0.015, 0.05)
		}
	};
}

/** A version for each year that the data touch, each with a few more people than the one before. */
function versionsOf(scene: Scene, population: number, dice: Dice): Version[] {
	const first = calendar(scene.start).year;
	const last = calendar(scene.quarters[fullQuarters]?.start ?? scene.today).year;
	let people = Math.round(population / 10) * 10 + dice.below(10);
	return Array.from({ length: last - first + 1 }, (_, i) => {
		if (i > 0) people += Math.round(people * dice.share(-0.002, 0.012));
		return { asOf: day(first + i, 1, 1), population: people };
	});
}

/** Whether a township has been left by its staff in a quarter. */
export const isDeserted = ({ trouble }: Township, quarter: { readonly collapse: boolean }): boolean =>
	trouble === 'staff_left' && quarter.collapse;
