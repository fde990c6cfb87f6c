/** How far an import has come: first its files are read, then their rows are taken into the facts. */

export interface Progress {
	readonly stage: 'reading' | 'taking';
	readonly file: string;
	readonly sheet: string | null;
	/** Files read, or sheets taken, and how many there are. */
	readonly done: number;
	readonly of: number;
	/** Rows of this stage so far. */
	readonly rows: number;
	/** How much of this stage is done, from 0 to 1. */
	readonly share: number;
}

/** How fast a stage goes, and how long it will still take. */
export interface Pace {
	/** Rows a second; null while too little is done to tell. */
	readonly perSecond: number | null;
	/** Whole seconds; null while too little is done to tell. */
	readonly remaining: number | null;
}

/** Below this nothing can be told: the first moments go to opening things. */
const leastSeconds = 1;
const leastShare = 0.02;

/**
 * The pace of a stage.
 * @param seconds since the stage began
 */
export function paceOf({ rows, share }: Pick<Progress, 'rows' | 'share'>, seconds: number): Pace {
	if (seconds < leastSeconds || share < leastShare) return { perSecond: null, remaining: null };
	return {
		perSecond: rows === 0 ? null : Math.round(rows / seconds),
		remaining: Math.ceil((seconds * (1 - share)) / share)
	};
}
