/** Names of invented people. */
import type { Dice } from './dice.ts';

const surnames =
	'王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 蒋 蔡 贾 丁 魏 薛 叶 阎'.split(
		' '
	);
const given =
	'建国 建华 志强 国平 明华 小红 丽娟 海燕 文斌 永康 春梅 秀英 晓东 玉兰 卫东 立新 雪峰 俊杰 佳怡 思远 梓涵 亚萍 红霞 伟民 永明 长根 洪生 金凤 国良 军 敏 静 磊 洋 勇 艳 娟 涛 超 霞 平 刚 辉 玲 萍 鹏 琳 斌 云 颖'.split(
		' '
	);

/** Makes names of which none comes twice. */
export function namesFrom(dice: Dice): () => string {
	const taken = new Set<string>();
	return () => {
		for (;;) {
			const name = dice.pick(surnames) + dice.pick(given);
			if (taken.has(name)) continue;
			taken.add(name);
			return name;
		}
	};
}
