/** Findings of the linter in words: one message `finding_CODE` for each code. */
import type { Locale } from '../basis/codes.ts';
import type { Finding } from '../basis/tree.ts';
import * as messages from '../paraglide/messages.js';

type MessageFunction = (inputs: Readonly<Record<string, string>>, options: { locale: Locale }) => string;

/** What is wrong or doubtful, and the mend. Throws for a code without a message, which a test keeps from happening. */
export function findingText({ code, facts }: Finding, locale: Locale): string {
	const message = (messages as unknown as Readonly<Record<string, MessageFunction | undefined>>)[`finding_${code}`];
	if (!message) throw new RangeError(`no message finding_${code}`);
	return message(facts, { locale });
}
