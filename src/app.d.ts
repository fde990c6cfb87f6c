import type { Actor, Locale } from '#lib/basis/codes.ts';
import type { Office } from '#lib/server/workflows/office.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
		}
		interface Locals {
			office: Office;
			actor: Actor;
			locale: Locale;
			theme: 'light' | 'dark' | 'system';
		}
	}
}
