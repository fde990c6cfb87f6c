/** The address that a form acts at, and forms that tell how much of them is sent. */
import { linkTo } from './address.ts';

type Parameters = Readonly<Record<string, string | number | null>>;

/** The address of an act of this page, with the period and scheme that are looked at. */
export function actTo(url: URL, act: string, parameters: Parameters = {}): string {
	const [, query = ''] = linkTo(url, url.pathname, parameters).split('?');
	return query === '' ? `?/${act}` : `?/${act}&${query}`;
}

/** A form on its way. */
export interface Sending {
	/** The answer as text; null where it was given up or the line broke. */
	readonly answer: Promise<{ readonly status: number; readonly text: string } | null>;
	readonly giveUp: () => void;
}

/**
 * Sends a form and tells how much of it has gone. `fetch` does not tell that.
 * @param tell gets the share that is sent, 0 to 1
 */
export function sendForm(address: string, form: FormData, tell: (share: number) => void): Sending {
	const request = new XMLHttpRequest();
	const answer = new Promise<{ status: number; text: string } | null>((resolve) => {
		request.addEventListener('load', () => resolve({ status: request.status, text: request.responseText }));
		for (const end of ['error', 'abort', 'timeout']) request.addEventListener(end, () => resolve(null));
	});
	request.upload.addEventListener('progress', ({ loaded, total }) => tell(total === 0 ? 1 : loaded / total));
	request.upload.addEventListener('load', () => tell(1));
	request.open('POST', address);
	request.setRequestHeader('accept', 'application/json');
	request.setRequestHeader('x-sveltekit-action', 'true');
	request.send(form);
	return { answer, giveUp: () => request.abort() };
}
