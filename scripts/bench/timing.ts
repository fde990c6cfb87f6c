/** Medians and ratios of repeated work. */

/** Runs both in turn, so that a busy moment of the machine meets both, and prints medians and the median ratio. */
export async function compare(
	name: string,
	runs: number,
	own: () => Promise<void>,
	floor: () => Promise<void>,
	between: () => Promise<void> = () => Promise.resolve()
): Promise<number> {
	const owns: number[] = [];
	const floors: number[] = [];
	for (let run = 0; run <= runs; run++) {
		const [a, b] = [await seconds(own), await seconds(floor)];
		await between();
		// The first pair warms caches and is not counted.
		if (run > 0) [owns[run - 1], floors[run - 1]] = [a, b];
	}
	const ratio = median(owns.map((own, i) => own / (floors[i] as number)));
	console.log(
		`${name}: ${median(owns).toFixed(3)} s against ${median(floors).toFixed(3)} s, ratio ${ratio.toFixed(2)} (median of ${runs})`
	);
	return ratio;
}

async function seconds(work: () => Promise<void>): Promise<number> {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
