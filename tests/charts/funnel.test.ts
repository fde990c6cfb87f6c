import { describe, expect, it } from 'vitest';
import { type DrawnFunnel, funnelOption } from '#lib/charts/funnel.ts';
import { renderChart } from '#lib/server/charts/render.ts';
import { placeOf, rateLimits } from '#lib/trends/funnel.ts';

const point = (name: string, x: number, value: number, chosen = false): DrawnFunnel['points'][number] => {
	const limits = rateLimits(x, 0.2);
	return { name, x, value, limits, place: placeOf(value, limits), chosen };
};

const drawn: DrawnFunnel = {
	points: [
		point('平常镇', 100, 0.21),
		point('<b>低镇</b>', 140, 0.01),
		point('高镇', 120, 0.45),
		point('本镇', 80, 0.2, true)
	],
	curves: [60, 100, 150].map((x) => ({ x, limits: rateLimits(x, 0.2) })),
	mean: 0.2,
	percent: true,
	words: { mean: '总体 20.0%', warning: '95% 限', alarm: '99.8% 限', axis: '巡查' }
};

describe('a funnel plot', () => {
	it.each([false, true])(
		'names who lies far out and who is chosen, as text, and nobody else (narrow: %s)',
		(narrow) => {
			const svg = renderChart(funnelOption(drawn, narrow), '漏斗图', narrow ? 340 : 860, 300);
			for (const name of ['&lt;b&gt;低镇&lt;/b&gt;', '高镇', '本镇']) expect(svg).toContain(name);
			expect(svg).not.toContain('平常镇');
			expect(svg).not.toContain('<b>');
			expect(svg).toContain('aria-label="漏斗图"');
		}
	);

	it('writes at the lines what they are where there is room', () => {
		const [wide, narrow] = [false, true].map((one) => renderChart(funnelOption(drawn, one), '', one ? 340 : 860, 300));
		for (const word of ['总体 20.0%', '95% 限', '99.8% 限']) {
			expect(wide).toContain(word);
			expect(narrow).not.toContain(word);
		}
	});

	it('has one of two names that would lie over one another, and no word where lines end together', () => {
		const crowded = { ...drawn, points: [...drawn.points, point('低低镇', 141, 0.011)] };
		const svg = renderChart(funnelOption(crowded, false), '', 860, 300);
		expect([svg.includes('低镇&lt;'), svg.includes('低低镇')].filter(Boolean)).toHaveLength(1);
		const many = [60, 1e6].map((x) => ({ x, limits: rateLimits(x, 0.2) }));
		const together = renderChart(funnelOption({ ...drawn, curves: many }, false), '', 860, 300);
		expect(together).toContain('总体 20.0%');
		expect(together).not.toContain('99.8% 限');
	});

	it('draws a point beyond a limit in another shape and colour, triangles pointing outwards', () => {
		const { series } = funnelOption(drawn, false) as { series: { type: string; data: { symbol: string }[] }[] };
		const symbols = series.find(({ type }) => type === 'scatter')?.data.map(({ symbol }) => symbol);
		// Inward ones are circles; the tip of a triangle is its first point, above 0 for up and below for down.
		expect(symbols?.[0]).toBe('circle');
		expect(symbols?.[1]).toMatch(/^path:\/\/M0 6/);
		expect(symbols?.[2]).toMatch(/^path:\/\/M0 -6/);
	});
});
