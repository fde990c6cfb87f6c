import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { type Fen, parseYuan } from '#lib/basis/fen.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { rulesFor } from '#lib/server/workflows/see-periods.ts';
import { explainPayment, type FundQuestion, planNamed, showFunds } from '#lib/server/workflows/show-funds.ts';
import { hasShared, kaoji, ownFolder, shared } from '../support/kaoji.ts';

interface ExpectedPayments {
	readonly period: string;
	readonly pool: string;
	readonly carriedOver: string;
	readonly tranches: readonly { readonly key: string; readonly amount: string }[];
	readonly townships: readonly {
		readonly code: string;
		readonly due: string;
		readonly byTranche: Readonly<Record<string, string>>;
	}[];
}

const actor: Actor = { name: 'test', role: 'finance', townships: 'all' };

describe.skipIf(!hasShared('vectors'))('the page of the funds over a worked example', () => {
	describe.each(['county', 'edge'])('%s', (example) => {
		const folder = join(shared, 'vectors', example);
		const expected = hasShared('vectors')
			? (JSON.parse(readFileSync(join(folder, 'expected-payments.json'), 'utf8')) as ExpectedPayments)
			: null;
		const { path: home, remove } = ownFolder();
		let house: House;

		beforeAll(async () => {
			const { code } = await kaoji(home, 'import', join(folder, 'exports'), '--today', '2026-04-30', '--quiet');
			expect(code).toBe(0);
			for (const [shelf, file] of [
				['schemes', 'scheme.json'],
				['plans', 'plan.json']
			] as const) {
				mkdirSync(join(home, shelf), { recursive: true });
				copyFileSync(join(folder, file), join(home, shelf, `${example}.json`));
			}
			house = await openHouse(home);
		});
		afterAll(async () => {
			await house.close();
			remove();
		});

		const question = (): FundQuestion => ({
			plan: planNamed(example, home, 'zh'),
			period: parsePeriod(expected?.period ?? '') as Period,
			pool: parseYuan(expected?.pool ?? '') as Fen,
			locale: 'zh'
		});

		it('shows every amount to the last digit', async () => {
			const { rows, reconciliation } = await house.look((look) =>
				showFunds(look, rulesFor(home, null, 'zh'), question(), null, actor)
			);
			const keys = question().plan.tranches.map(({ key }) => key);
			const shown = rows.map(({ code, due, amounts }) => ({
				code,
				due,
				byTranche: Object.fromEntries(
					amounts.flatMap((amount, i) => (amount === null ? [] : [[keys[i] ?? '', amount]]))
				)
			}));
			expect(shown).toEqual(expected?.townships);
			expect(reconciliation.carriedOver).toBe(expected?.carriedOver);
			expect(reconciliation.pool).toBe(expected?.pool);
			// What a tranche had is its own share and what was moved into it, in hundredths of a yuan.
			const had = reconciliation.accounts.map(({ key, own, received }) => ({
				key,
				amount: (parseYuan(own) ?? 0n) + (parseYuan(received) ?? 0n)
			}));
			expect(had).toEqual(expected?.tranches.map(({ key, amount }) => ({ key, amount: parseYuan(amount) })));
			expect(reconciliation.balanced).toBe(true);
		});

		it('finds no difference from the plan itself', async () => {
			const { totals, comparison } = await house.look((look) =>
				showFunds(look, rulesFor(home, null, 'zh'), question(), question().plan, actor)
			);
			expect(totals.difference).toBe('0.00');
			expect(comparison).toMatchObject({ more: 0, less: 0, most: null });
		});

		it('explains each township by shares that come to what it is due', async () => {
			const { townships = [] } = expected ?? {};
			for (const { code, due } of townships) {
				const { reasons } = await house.look((look) =>
					explainPayment(look, rulesFor(home, null, 'zh'), question(), code, actor)
				);
				const kept = reasons.tranches.map(({ own }) => parseYuan(own?.kept ?? '0') ?? 0n);
				expect(kept.reduce<bigint>((sum, one) => sum + one, 0n)).toBe(parseYuan(due));
				for (const { own } of reasons.tranches)
					if (own) expect(parseYuan(own.before)).toBe((parseYuan(own.kept) ?? 0n) + (parseYuan(own.withheld) ?? 0n));
			}
		});

		it('knows no township that is not paid, and no plan by its path', async () => {
			const unknown = house.look((look) =>
				explainPayment(look, rulesFor(home, null, 'zh'), question(), '999999999', actor)
			);
			await expect(unknown).rejects.toMatchObject({ code: 'township_unknown' });
			expect(() => planNamed(join(home, 'plans', `${example}.json`), home, 'zh')).toThrow('plan_unknown');
		});

		it.runIf(example === 'county')('says what was withheld from whom, and where it went', async () => {
			const { rows, totals, reconciliation, withheldFrom, withheldTo } = await house.look((look) =>
				showFunds(look, rulesFor(home, null, 'zh'), question(), null, actor)
			);
			// The reward fund of 594,972.31 is 1 % of 8,346,600.00 and what was withheld.
			expect(totals.withheld).toBe('511506.31');
			expect(reconciliation.accounts.map(({ received }) => received)).toEqual(['0.00', '0.00', '511506.31']);
			expect(withheldFrom).toEqual([
				{ grade: 'basic', units: 2 },
				{ grade: 'fail', units: 3 }
			]);
			expect(withheldTo).toHaveLength(1);
			// 320411102 failed: of its 132,036.96 by people it keeps half.
			expect(rows.find(({ code }) => code === '320411102')?.withheld).toBe('66018.48');
			const { reasons, grade, parts } = await house.look((look) =>
				explainPayment(look, rulesFor(home, null, 'zh'), question(), '320411102', actor)
			);
			expect(grade).toBe('fail');
			expect(parts.map(({ period }) => period)).toEqual(['2025Q1', '2025Q2', '2025Q3', '2025Q4']);
			expect(reasons).toMatchObject({ side: -1, mean: '834660.00', apart: '460555.28' });
			expect(reasons.tranches[1]).toMatchObject({
				amount: '2478940.20',
				received: '0.00',
				own: { before: '132036.96', keeps: '50', kept: '66018.48', withheld: '66018.48', by: 'rounded' }
			});
			expect(reasons.tranches[2]).toMatchObject({ own: null, only: ['excellent', 'qualified'] });
		});
	});
});

describe.runIf(!hasShared('vectors'))('the page of the funds over a worked example', () => {
	it('was not run: ../shared/vectors is not here', () => {
		expect(hasShared('vectors')).toBe(false);
	});
});
