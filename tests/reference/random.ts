/** Seeded random counties, schemes, plans and pools for the differential test. */
export { randomCounty } from './random-county.ts';
export { randomPlan, randomPool } from './random-plan.ts';
export { randomClinicScheme, randomScheme } from './random-scheme.ts';
