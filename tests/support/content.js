/** After this many bytes the patterns of tests/vectors/unixfs.json repeat. */
const PERIOD = 65_536
const PATTERNS = { p31: (i) => i * 31 + (i >> 8), zero: () => 0 }

/**
 * The bytes of a vector. Runs in a page too: the keystream, which needs Node, is a parameter.
 *
 * @param {object} content as the vectors describe it
 * @param {number} size
 * @param {(seed: string, size: number) => Promise<Uint8Array>} keystream
 * @returns {Promise<Uint8Array>}
 */
export async function bytesOf({ pattern, utf8, base64, seed }, size, keystream) {
  if (pattern) return patterned(pattern, size)
  if (seed) return keystream(seed, size)
  if (base64) return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  return new TextEncoder().encode(utf8)
}

export function patterned(pattern, size) {
  const bytes = new Uint8Array(size)
  const first = Math.min(size, PERIOD)
  for (let i = 0; i < first; i += 1) bytes[i] = PATTERNS[pattern](i)
  for (let done = first; done < size; done *= 2) bytes.copyWithin(done, 0, done)
  return bytes
}
