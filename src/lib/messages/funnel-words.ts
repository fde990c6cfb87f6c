/** A funnel in words: who lies outside, and how its figures are read. */
import * as m from '../paraglide/messages.js';
import type { FunnelPlace } from '../trends/funnel.ts';
import { periodName } from './period-name.ts';
import { figureNames } from './trend-words.ts';

/** Names in the sentence; the table has all. */
const mostNamed = 4;

const places = {
	far_above: m.funnel_place_far_above,
	above: m.funnel_place_above,
	within: m.funnel_place_within,
	below: m.funnel_place_below,
	far_below: m.funnel_place_far_below
} as const;

export const placeText = (place: FunnelPlace): string => places[place]();

interface Told {
	readonly period: string;
	readonly kind: 'rate' | 'ratio';
	readonly points: readonly { readonly name: string; readonly place: FunnelPlace }[];
}

/** “2026 年三季度 2 个乡镇超出 99.8% 漏斗限：孟河镇（偏低）、新桥街道（偏高）” */
export function funnelTitle({ period, points }: Told): string {
	const far = points.filter(({ place }) => place === 'far_above' || place === 'far_below');
	const outside = points.filter(({ place }) => place !== 'within');
	const facts = { period: periodName(period), count: String(far.length || outside.length || points.length) };
	if (outside.length === 0) return m.funnel_title_none(facts);
	if (far.length === 0) return m.funnel_title_near(facts);
	const names = far
		.slice(0, mostNamed)
		.map(({ name, place }) => (place === 'far_above' ? m.funnel_far_above({ name }) : m.funnel_far_below({ name })));
	return m.funnel_title_far({
		...facts,
		names: names.join(m.list_and()) + (far.length > mostNamed ? m.funnel_others() : '')
	});
}

/** What stands above a funnel's figures. */
export function funnelNames(kind: Told['kind'], measure: string): { n: string; d: string; value: string } {
	if (kind === 'rate') return { ...figureNames(measure), value: m.trends_column_value() };
	return { n: m.funnel_column_found(), d: m.funnel_column_expected(), value: m.funnel_column_ratio() };
}
