/**
 * Numbers that look random and are the same on every machine and every day: a rank interval must come out the same
 * whoever computes it. The generator is sfc32 of PractRand (Chris Doty-Humphrey, public domain), begun as PractRand
 * begins it from 64 bits: a = 0, b and c the low and the high half of the seed, counter 1, twelve numbers thrown away.
 * The seed is the 64-bit FNV-1a hash of a text's UTF-8 bytes.
 */

const fnvOffset = 0xcbf29ce484222325n;
const fnvPrime = 0x100000001b3n;
const low64 = 0xffffffffffffffffn;
const low32 = 0xffffffffn;
const range = 2 ** 32;
const thrownAway = 12;

/** The 64-bit FNV-1a hash of a text in UTF-8. */
export function fnv1a(text: string): bigint {
	let hash = fnvOffset;
	for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * fnvPrime) & low64;
	return hash;
}

/** A stream of numbers, each at least 0 and below 1 in steps of 2^-32, that the text alone decides. */
export function drawsFrom(text: string): () => number {
	const seed = fnv1a(text);
	let [a, b, c, counter] = [0, Number(seed & low32) | 0, Number(seed >> 32n) | 0, 1];
	const draw = (): number => {
		const out = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + out) | 0;
		return (out >>> 0) / range;
	};
	for (let i = 0; i < thrownAway; i++) draw();
	return draw;
}
