/**
 * Proves the reference against known answers: every figure of the expected scores and
 * payments of `edge` and `county`, and the apportionment cases.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import type { Allocation } from './allocate.ts';
import { allocate, allocationUnits } from './allocate.ts';
import { apportion } from './apportion.ts';
import { exact, fixed, fraction, multiply } from './exact.ts';
import type { Cells } from './read-exports.ts';
import { csvCells, readCounty } from './read-exports.ts';
import type { Plan, Scheme } from './scheme.ts';
import type { TownshipScore } from './score.ts';
import { scores } from './score.ts';

interface ExpectedPayments {
	period: string;
	pool: string;
	carriedOver: string;
	tranches: { key: string; amount: string }[];
	townships: { code: string; due: string; byTranche: Record<string, string> }[];
}

interface ApportionCases {
	cases: { amount: number; weights: number[]; shares: number[] }[];
	errors: { amount: number; weights: number[]; error: string }[];
}

/** Differences found, and how many single values were compared. */
export interface Comparison {
	compared: number;
	differences: string[];
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The cells of an export file: CSV in UTF-8 or GB18030, or the first sheet of a workbook. */
function cellsOf(path: string): Cells {
	const bytes = readFileSync(path);
	if (extname(path) === '.xlsx') {
		const book = read(bytes);
		const sheet = book.Sheets[book.SheetNames[0] ?? ''];
		if (!sheet) throw new Error(`${path}: no sheet`);
		return utils.sheet_to_json<(string | number | null)[]>(sheet, {
			header: 1,
			raw: true,
			defval: null
		});
	}
	try {
		return csvCells(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return csvCells(new TextDecoder('gb18030', { fatal: true }).decode(bytes));
	}
}

/** Compares all of `expected` with `found`, value by value, and the keys of both. */
function compareAll(expected: unknown, found: unknown, at: string, into: Comparison): void {
	if (typeof expected === 'object' && expected !== null) {
		if (typeof found !== 'object' || found === null) {
			into.differences.push(`${at}: nothing found`);
			return;
		}
		const [a, b] = [expected as Record<string, unknown>, found as Record<string, unknown>];
		for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
			compareAll(a[key], b[key], `${at}.${key}`, into);
		}
		return;
	}
	into.compared += 1;
	if (expected !== found) {
		into.differences.push(`${at}: expected ${String(expected)}, found ${String(found)}`);
	}
}

const yuan = (fen: bigint): string => fixed(fraction(fen, 100n), 2);

/** An allocation as expected-payments.json writes it. */
const written = (found: Allocation) => ({
	carriedOver: yuan(found.carriedOverFen),
	tranches: found.tranches.map(({ key, amountFen }) => ({ key, amount: yuan(amountFen) })),
	townships: found.townships.map(({ code, dueFen, byTranche }) => ({
		code,
		due: yuan(dueFen),
		byTranche: Object.fromEntries(Object.entries(byTranche).map(([key, fen]) => [key, yuan(fen)]))
	}))
});

/** One worked example: a folder with exports, scheme, plan and expected results. */
export function checkExample(folder: string): Comparison {
	const into: Comparison = { compared: 0, differences: [] };
	const exports = join(folder, 'exports');
	const sheets = new Map(
		readdirSync(exports).map((file) => [basename(file, extname(file)), cellsOf(join(exports, file))])
	);
	const county = readCounty(sheets);
	const scheme = json(join(folder, 'scheme.json')) as Scheme;

	const expected = json(join(folder, 'expected-scores.json')) as Record<string, TownshipScore[]>;
	for (const [period, townships] of Object.entries(expected)) {
		// The known answers do not give `of`.
		const found = scores(county, scheme, period).map((row) => ({ ...row, of: undefined }));
		compareAll(townships, found, period, into);
	}

	const payments = json(join(folder, 'expected-payments.json')) as ExpectedPayments;
	const { period, pool, ...money } = payments;
	const fen = multiply(exact(pool), fraction(100n)).n;
	const plan = json(join(folder, 'plan.json')) as Plan;
	const paid = allocate(plan, allocationUnits(county, scheme, period), fen, scheme.full);
	compareAll(money, written(paid), 'payments', into);
	return into;
}

/** The apportionment cases; keys are the positions, so that ties go to the earlier. */
export function checkApportionment(path: string): Comparison {
	const into: Comparison = { compared: 0, differences: [] };
	const { cases, errors } = json(path) as ApportionCases;
	const shared = (amount: number, weights: number[]) =>
		apportion(
			BigInt(amount),
			weights.map((weight, index) => ({ key: String(1000 + index), weight: exact(weight) })),
			1n
		);
	cases.forEach(({ amount, weights, shares }, index) => {
		const found = [...shared(amount, weights).values()].map(Number);
		compareAll(shares, found, `apportion.${String(index)}`, into);
	});
	for (const { amount, weights, error } of errors) {
		let message = 'no error';
		try {
			shared(amount, weights);
		} catch (problem) {
			message = problem instanceof Error ? problem.message : String(problem);
		}
		compareAll(error, message, `apportion.${error}`, into);
	}
	return into;
}
