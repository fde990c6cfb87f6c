/** Measures over what the bureau enters: 真实率, 填报数据, 人工评分, 现场扣分. */
import { forKind } from '../../basis/by-kind.ts';
import { decimal, larger, subtract, zero } from '../../basis/fraction.ts';
import { type Measure, ratio, ratioTally, withShort } from '../declare.ts';
import type { TallyRequest } from '../request.ts';
import type { MeasuredUnit } from '../declare.ts';

export const authenticity = ratio({
	name: 'authenticity',
	label: { zh: '真实率', en: 'Authenticity' },
	base: 'spot_checks',
	rows: 'true',
	d: { sum: 'sampled' },
	n: { sum: 'genuine' },
	counted: 'genuine >= sampled',
	missingWithoutRows: true,
	prospect: 'as_is',
	monthly: true,
	traceColumns: ['checked_on', 'sampled', 'genuine']
});

const keyParameter = { type: 'text', required: true, label: { zh: '指标名称', en: 'key' } } as const;

export const figure = {
	...ratio({
		name: 'figure',
		label: { zh: '填报数据', en: 'Reported figure' },
		base: 'figures',
		parameters: { key: keyParameter },
		rows: '"key" = :key',
		d: { sum: 'd' },
		n: { sum: 'n' },
		counted: 'true',
		missingWithoutRows: true,
		prospect: 'as_is',
		traceColumns: ['key', 'n', 'd', 'source']
	}),
	windows: ['period']
} satisfies Measure;

/** What was entered for a clinic is not its township's. */
const ofTheUnit = ({ settings }: TallyRequest): string =>
	settings.unit === 'clinic' ? 'indicator = :key' : 'indicator = :key AND clinic IS NULL';

const points = ({ parameters }: TallyRequest, unit: MeasuredUnit) =>
	parameters.points ? decimal(forKind(parameters.points, unit.kind)) : zero;

const indicatorParameter = {
	indicator: { type: 'text', required: false, label: { zh: '指标', en: 'indicator' } }
} as const;

export const mark: Measure = {
	name: 'mark',
	label: { zh: '人工评分', en: 'Mark' },
	base: 'marks',
	byDomain: false,
	parameters: indicatorParameter,
	rows: ofTheUnit,
	figures: { n: { sum: 'points' }, rows: { count: 'true' } },
	parts: [],
	canBe: { empty: false, missing: true },
	monthly: false,
	prospect: 'as_is',
	windows: ['period'],
	counted: 'true',
	traceColumns: ['indicator', 'points', 'by', 'reason'],
	finish: (figures, unit, request) => {
		const d = points(request, unit);
		if (figures('rows').n === 0n) return { n: zero, d, parts: withShort(zero, d, {}), state: 'missing' };
		return ratioTally(figures('n'), d, {}, false);
	}
};

export const deductions: Measure = {
	name: 'deductions',
	label: { zh: '现场扣分', en: 'Deductions' },
	base: 'deductions',
	byDomain: false,
	parameters: indicatorParameter,
	rows: ofTheUnit,
	figures: { minus: { sum: 'minus' } },
	parts: ['minus'],
	canBe: { empty: false, missing: false },
	monthly: false,
	prospect: 'as_is',
	windows: ['period'],
	counted: 'false',
	traceColumns: ['indicator', 'item', 'minus', 'reason'],
	finish: (figures, unit, request) => {
		const d = points(request, unit);
		const minus = figures('minus');
		return ratioTally(larger(zero, subtract(d, minus)), d, { minus }, false);
	}
};
