/**
 * Whole numbers below a limit that look random and are the same for the same seed: Mulberry32.
 *
 * @param {number} seed
 * @returns {(limit: number) => number}
 */
export function randomFrom(seed) {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}
