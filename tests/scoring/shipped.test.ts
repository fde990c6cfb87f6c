/** A version that is shipped never changes: who scored by it must be able to score by it again. */
import { describe, expect, it } from 'vitest';
import { shelfNames } from '#lib/server/schemes/library.ts';
import { versionsOf } from '#lib/server/schemes/versions.ts';

/** The digests of the shipped versions. A change of rules is a new version with a line of its own here. */
const digests = {
	'detroit-2018@1': '993bf7308b6a816584aef7849a791c23a3482f65d2eef0895f283de418093a42',
	'xinbei-2025@1': '19e7a020dc68b741a59762cfe81e877cfaa6599bb497674a317a4b74900650a5'
};

describe('the schemes that Kaoji ships', () => {
	it('are to the byte what they were, version by version', () => {
		const shipped = shelfNames('schemes', null)
			.flatMap((id) => versionsOf(id, null).map(({ version, sha256 }) => [`${id}@${version}`, sha256] as const))
			.sort();
		expect(Object.fromEntries(shipped)).toEqual(digests);
	});
});
