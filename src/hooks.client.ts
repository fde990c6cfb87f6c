/** In the browser the language is that of the document. */
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';

overwriteGetLocale(() => (document.documentElement.lang === 'en' ? 'en' : 'zh'));
