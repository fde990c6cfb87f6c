/** The command that undoes what was brought in: rollback. */
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import { kindNamed } from '#lib/intake/kinds/index.ts';
import { rollBack, type RollbackReport } from '#lib/server/workflows/roll-back.ts';
import type { Command, Invocation } from '../command.ts';
import { table } from '../table.ts';

export const rollback: Command = {
	name: 'rollback',
	words: {
		zh: '撤销一批导入，数据恢复到导入之前；已有后续批次以它为依据的，不予撤销',
		en: 'undo one batch exactly; refused when a later batch builds on it'
	},
	usage: 'BATCH',
	options: {
		reason: { type: 'string', value: 'TEXT', words: { zh: '撤销的原因（必填）', en: 'why it is undone (required)' } },
		cascade: {
			type: 'boolean',
			words: { zh: '连同以它为依据的后续批次一并撤销', en: 'undo the later batches too that build on it' }
		}
	},
	positionals: { least: 1, most: 1 },
	run: async (call) => {
		const batch = batchOf(call);
		const reason = call.required('reason');
		if (reason.trim() === '') throw usage(inLocale({ zh: '--reason 为空', en: '--reason is empty' }, call.locale));
		const report = await call.inHome((warehouse) =>
			rollBack(
				warehouse,
				{ batch, reason, cascade: call.is('cascade'), today: call.today(), now: call.world.now() },
				call.actor
			)
		);
		return { json: report, text: lines(report, call.locale) };
	}
};

const usage = (reason: string): Problem => new Problem('usage', { reason, command: 'rollback' });

function batchOf({ positionals }: Invocation): number {
	const [text = ''] = positionals;
	if (!/^[1-9]\d{0,8}$/.test(text)) throw usage(`rollback ${text}`);
	return Number(text);
}

function lines({ batch, undone, kinds, holds }: RollbackReport, locale: Locale): string[] {
	const title = inLocale(
		{
			zh: `第 ${batch} 批：已撤销第 ${undone.join('、')} 批`,
			en: `batch ${batch}: undid ${undone.length === 1 ? 'batch' : 'batches'} ${undone.join(', ')}`
		},
		locale
	);
	const rows = kinds.map(({ kind, removed, restored }) => [
		inLocale(kindNamed(kind)?.label ?? { zh: kind }, locale),
		String(removed),
		String(restored)
	]);
	const held = inLocale(
		{
			zh: `暂存的行：恢复原状 ${holds.restored} 行，移出 ${holds.removed} 行`,
			en: `rows held: ${holds.restored} as they were before, ${holds.removed} removed`
		},
		locale
	);
	return [
		title,
		...(rows.length > 0
			? table(locale === 'zh' ? ['表类', '移出', '恢复'] : ['kind', 'removed', 'restored'], rows)
			: []),
		...(holds.restored + holds.removed > 0 ? [held] : [])
	];
}
