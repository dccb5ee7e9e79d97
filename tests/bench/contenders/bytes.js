/**
 * Bytes that look random and are the same on every host: xorshift32.
 *
 * @param {number} size a multiple of 4
 */
export function bytesOf(size) {
  const words = new Uint32Array(size / 4)
  let state = 2463534242
  for (let at = 0; at < words.length; at += 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[at] = state
  }
  return new Uint8Array(words.buffer)
}
