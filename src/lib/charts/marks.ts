/** Shapes that mark signals, the same in large charts, small ones and the legend: never told by colour alone. */

/** How a point signals; `up` is above the mean, of a trend: rising. */
export interface DrawnMark {
	readonly kind: 'outside' | 'trend' | 'one_side' | 'two_of_three';
	readonly direction: 'up' | 'down';
}

/** What is beyond the limits is graver than what lasts within them. */
export const markColour = ({ kind }: DrawnMark): string => (kind === 'outside' ? 'var(--bad)' : 'var(--warn)');

/** A mark's outline around 0, 0, about 10 wide: triangle up or down, diamond, square, ring. */
export function markPath({ kind, direction }: DrawnMark): string {
	switch (kind) {
		case 'outside':
			return direction === 'up' ? 'M0 -6L5.5 4H-5.5Z' : 'M0 6L5.5 -4H-5.5Z';
		case 'trend':
			return 'M0 -6L6 0L0 6L-6 0Z';
		case 'one_side':
			return 'M-4 -4H4V4H-4Z';
		case 'two_of_three':
			return 'M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0ZM-2.6 0A2.6 2.6 0 1 1 2.6 0A2.6 2.6 0 1 1 -2.6 0Z';
	}
}
