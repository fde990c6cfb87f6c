/** Findings of the linter in words: one message `finding_CODE` for each code. */
import type { Locale } from '../basis/codes.ts';
import type { Finding } from '../basis/tree.ts';
import * as messages from '../paraglide/messages.js';

type MessageFunction = (inputs: Readonly<Record<string, string>>, options: { locale: Locale }) => string;

/** What is wrong or doubtful, and the mend. Each code has a message in both languages, which a test keeps. */
export const findingText = ({ code, facts }: Finding, locale: Locale): string =>
	(messages[`finding_${code}`] as MessageFunction)(facts, { locale });
