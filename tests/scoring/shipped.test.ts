/** A version that is shipped never changes: who scored by it must be able to score by it again. */
import { describe, expect, it } from 'vitest';
import { shelfNames } from '#lib/server/schemes/library.ts';
import { versionsOf } from '#lib/server/schemes/versions.ts';

/** The digests of the shipped versions. A change of rules is a new version with a line of its own here. */
const digests = {
	'detroit-2018@1': '993bf7308b6a816584aef7849a791c23a3482f65d2eef0895f283de418093a42',
	'district-quarterly@1': 'a675f50267e7e02d84fe1b95fc081d58a8439cce8d1672b224b26627dc30db48',
	'dongkou-halfyear@1': '127fe2fbb973798842250de1a0368e12d2fb2d9f289db0665517f78e6120c4e9',
	'enforcement-audit@1': 'f863b29934eef9ab0e119d6851e8d6a726ac7889fc611facbb8709fe85d9b01b',
	'nanmou-2012@1': 'c4e9625c4db4a8d6e0faf43a197026a90aba1c9eafdc64f0381469cf87377b31',
	'quality-sheet-2013@1': '02a9cb8c71a2edcd51dc558ee073092ef2acfee17c45d3cefa51682a5d917dec',
	'quantified@1': '19975e95181f2155d2fbc48c37ed73da24502f95d016e810f8c162903eccac20',
	'team-halfyear@1': '95d90e5ecdeb615175480925657d23ffb17f408e53e2d387ddaed00f58625f94',
	'three-rates@1': '931fd458e37604e4f81ee59733767886d46c5de776e277f6dfd301d89791bc90',
	'work-points@1': 'bbb4179c236a2025c3899fa4a944dca29f2b07c92dec419e290e697f18fe4919',
	'xiangxiang-clinics@1': 'd6ce733bf67614efb759130de9635af0177ed85ca675a18a21602b661c28d3d5',
	'xiangxiang-quarterly@1': 'aabf196f359ab116333d99fab579bc2a5c6d4093318384eba9f576d05be4c90d',
	'xinbei-2025@1': '19e7a020dc68b741a59762cfe81e877cfaa6599bb497674a317a4b74900650a5',
	'xinbei-clinics-2025@1': '4a0edda4e664829d4bcfcb66b5a47c4a28cd72efb3fd656237d20ada0a253c16',
	'xuancheng-2013@1': '58d4fb5a1f801f19ad6c15ce70ce2e63dbdde27cfd23a0c3b4740dad469b797e',
	'yingjiang-quarterly@1': 'fb7cb13b735c5b56b40fe735142497e8b8697997eaa5856189e557245481180a'
};

describe('the schemes that Kaoji ships', () => {
	it('are to the byte what they were, version by version', () => {
		const shipped = shelfNames('schemes', null)
			.flatMap((id) => versionsOf(id, null).map(({ version, sha256 }) => [`${id}@${version}`, sha256] as const))
			.sort();
		expect(Object.fromEntries(shipped)).toEqual(digests);
	});
});
