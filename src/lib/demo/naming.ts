/** Names of premises and places in a township. */
import type { Township } from './county.ts';
import type { Dice } from './dice.ts';

const firsts = '鸿 宏 瑞 福 兴 永 金 新 佳 华 盛 恒 龙 祥 和 顺 百 天 东 美 康 德 乐 万 同 嘉 锦 悦 星 阳'.split(' ');
const seconds = '运 达 源 福 盛 隆 泰 丰 润 通 辉 缘 味 香 颜 馨 宇 诚 利 安 友 翔 腾 发'.split(' ');
const roads = '通江路 汉江路 黄河路 长江路 人民路 中心街 兴隆街 河滨路 工业大道 环镇路 学府路 富民路'.split(' ');

/** A made-up trade name of two characters. */
const brand = (dice: Dice): string => dice.pick(firsts) + dice.pick(seconds);

/** A text with its words chosen and T, V and B filled in: the township, a village, a trade name. */
export function named(
	template: string,
	{ short, villages }: Township,
	dice: Dice,
	village = dice.pick(villages)
): string {
	return dice
		.say(template)
		.replace('T', short)
		.replace('V', village)
		.replace('B', () => brand(dice));
}

/** An address in a village. */
export const addressIn = (village: string, { name }: Township, dice: Dice): string =>
	`${name}${village}${dice.pick(roads)}${dice.between(1, 288)}号`;
