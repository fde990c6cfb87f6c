import { describe, expect, it } from 'vitest';
import { barsOption, partFill } from '#lib/charts/bars.ts';
import { renderChart } from '#lib/server/charts/render.ts';

describe('bars of amounts', () => {
	const names = ['<img src=x onerror=alert(1)>', '{a|b}镇', '"引号"镇', '很长的名字'.repeat(12)];
	const parts = [
		{ name: 'base', fill: partFill(0), values: [4, 3, 2, 1] },
		{ name: 'reward', fill: partFill(1), values: [1, 0, 0, 0] }
	];

	it.each([true, false])('show any name as text, with its total (narrow: %s)', (narrow) => {
		const totals = ['5.00', '3.00', '2.00', '1.00'];
		const svg = renderChart(barsOption({ names, parts, totals }, narrow), '', narrow ? 340 : 800, 200);
		expect(svg).not.toContain('<img');
		expect(svg).toContain('{a|b}镇');
		for (const total of totals) expect(svg).toContain(`>${total}</text>`);
	});

	it('give parts beside one another different fills, however many there are', () => {
		const fills = Array.from({ length: 20 }, (_, place) => partFill(place));
		expect(fills.every((fill, place) => fill !== fills[place + 1])).toBe(true);
	});
});
