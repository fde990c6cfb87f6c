/** The data dictionary of the published views: docs/data.md as a whole. */
import type { PublishedView } from '#lib/server/warehouse/published.ts';
import { code, table } from './markdown.ts';

/** The engine's type of each column, by view. */
export type ViewTypes = ReadonlyMap<string, ReadonlyMap<string, string>>;

const introduction = [
	'# Data dictionary · 数据字典',
	'',
	'The views that `kaoji query` may name, with stable names. Rows of facts are the current ones: what was replaced,',
	'withdrawn or undone is not among them. Scores, tallies and payments are those that a command has computed last.',
	'',
	'`kaoji query` 可以查询的视图，名称保持不变。事实表只含现行的行，被改写、撤回或撤销的不在其中；得分、指标值和经费是命令最近一次算出的。',
	'',
	'This page is made by `npm run docs`. · 本页由 `npm run docs` 生成。'
];

/** The whole page. */
export const dataText = (views: readonly PublishedView[], types: ViewTypes): string =>
	[
		...introduction,
		...views.flatMap(({ name, comment, columns }) => [
			'',
			`## ${name}`,
			'',
			`${comment.zh} · ${comment.en}`,
			'',
			...table(
				['column', 'type', '中文', 'English'],
				columns.map((column) => [
					code(column.name),
					types.get(name)?.get(column.name) ?? '',
					column.comment.zh,
					column.comment.en
				])
			)
		]),
		''
	].join('\n');
