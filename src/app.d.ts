import type { Actor, Locale } from '#lib/basis/codes.ts';
import type { Office } from '#lib/server/workflows/office.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
		}
		interface PageState {
			/** The scenario of the what-if, which moves on without asking the server. */
			scenario?: string;
		}
		interface Locals {
			office: Office;
			actor: Actor;
			locale: Locale;
			theme: 'light' | 'dark' | 'system';
		}
	}
}
