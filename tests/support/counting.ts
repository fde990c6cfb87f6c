/** An engine that counts the statements that it answers. */
import type { Engine } from '#lib/server/warehouse/engine.ts';

export function counting(engine: Engine): { readonly engine: Engine; readonly count: () => number } {
	let answered = 0;
	return {
		engine: {
			...engine,
			rows: (sql, bound) => {
				answered += 1;
				return engine.rows(sql, bound);
			}
		},
		count: () => answered
	};
}
