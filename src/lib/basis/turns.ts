/** Pieces of work that must not run beside one another. */

/** Lets pieces of work through one after the other, in the order in which they ask. */
export class Turns {
	#last: Promise<unknown> = Promise.resolve();
	/** How many wait or run. */
	waiting = 0;

	/** Runs `work` after all that asked before; a failure of theirs is none of its own. */
	take<T>(work: () => Promise<T>): Promise<T> {
		this.waiting++;
		const turn = this.#last.then(work).finally(() => this.waiting--);
		this.#last = turn.catch(() => undefined);
		return turn;
	}
}
