import { inLocale } from '#lib/basis/codes.ts';
import { formatYuan, fen } from '#lib/basis/fen.ts';
import { lintDocument } from '#lib/server/schemes/load.ts';
import { shownFindings } from '#lib/server/workflows/show-scheme.ts';
import { planNamed, termsOf } from '#lib/server/workflows/show-funds.ts';
import { looking } from '../../../looking.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	looking(event, (look, { rules }) => {
		const { params, locals } = event;
		const plan = planNamed(params.id, look.home, locals.locale);
		return Promise.resolve({
			id: plan.id,
			name: plan.name,
			version: plan.version,
			unit: formatYuan(fen(plan.unit)),
			unitOf: plan.unitOf,
			terms: termsOf(plan),
			grades: rules.scheme.grades.map(({ key, name }) => ({ key, name: inLocale(name, locals.locale) })),
			findings: shownFindings(lintDocument(params.id, look.home).findings, locals.locale)
		});
	});
