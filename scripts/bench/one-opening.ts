/** Opens a file that should be refused, and prints why, how long it took and the most memory: a process of its own. */
import { Problem } from '#lib/basis/problem.ts';
import { openFile } from '#lib/server/workbooks/open-file.ts';

const start = performance.now();
let code = 'opened';
try {
	await openFile(process.argv[2] ?? '', null);
} catch (error) {
	code = error instanceof Problem ? error.code : String(error);
}
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ code, seconds, peak: process.resourceUsage().maxRSS * 1024 }));
