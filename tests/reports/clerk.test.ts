import { describe, expect, it } from 'vitest';
import { awaitedBy, timeInShanghai, totalOf } from '#lib/reports/clerk.ts';

describe('a time as the office reads it', () => {
	it('is that of Shanghai, eight hours ahead of Greenwich, without seconds', () => {
		expect(timeInShanghai('2026-04-30T08:00:00.000Z')).toBe('2026-04-30 16:00');
		expect(timeInShanghai('2026-04-30T15:59:59Z')).toBe('2026-04-30 23:59');
	});

	it('is of the next day from 16:00 in Greenwich on, also at the end of a year', () => {
		expect(timeInShanghai('2024-02-28T16:00:00.000Z')).toBe('2024-02-29 00:00');
		expect(timeInShanghai('2025-12-31T23:30:00.000Z')).toBe('2026-01-01 07:30');
	});

	it('that is none stays as it stands', () => {
		expect(timeInShanghai('yesterday')).toBe('yesterday');
		expect(timeInShanghai('2025-02-30T08:00:00Z')).toBe('2025-02-30T08:00:00Z');
	});
});

describe('what a held row waits for', () => {
	it('is each thing once, and nothing that only a correction mends', () => {
		expect(awaitedBy(['unknown_subject', 'unknown_township', 'ambiguous_subject'])).toEqual(['subject', 'township']);
		expect(awaitedBy(['bad_date', 'missing_value'])).toEqual([]);
	});
});

describe('the sums over sheets', () => {
	it('are nought over none', () => {
		expect(Object.values(totalOf([])).every((n) => n === 0)).toBe(true);
	});

	it('keep read = added + revised + withdrawn + unchanged + quarantined', () => {
		const part = { read: 15, added: 1, revised: 2, withdrawn: 3, unchanged: 4, quarantined: 5, released: 9 };
		expect(totalOf([part, part])).toEqual({
			read: 30,
			added: 2,
			revised: 4,
			withdrawn: 6,
			unchanged: 8,
			quarantined: 10,
			released: 18
		});
	});
});
