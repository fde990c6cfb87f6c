/** The columns by which a corrected file of held rows says which holds it corrects. */
import { normaliseHeader } from './headers.ts';

export const holdHeader = '暂存编号';
export const holdColumns = [holdHeader, '来源文件', '来源工作表', '来源行号', '问题'] as const;

/** The index of the hold column in a header row, or -1. */
export const holdColumnIn = (headers: readonly (string | null)[]): number =>
	headers.findIndex((header) => header !== null && normaliseHeader(header) === holdHeader);
