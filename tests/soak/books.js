import assert from 'node:assert/strict'
import { ENDS, PINS, kindOf } from './kinds.js'

/**
 * Compares the outcome of every pin with the books of the service: none was taken
 * that the client does not know of or takes for refused, and none twice.
 */
export function reconcile(ends, { posts, taken }) {
  const wrong = []
  for (let nth = 0; nth < PINS; nth++) {
    const kind = kindOf(nth)
    const met = { says: ENDS[ends[nth]], posts: posts[nth], taken: taken[nth] }
    const { says } = kind
    if (met.says !== says || met.posts !== kind.posts || met.taken !== kind.taken)
      wrong.push({ nth, kind: kind.name, ...met })
  }
  assert.deepEqual(wrong, [])
}

/** What the heap may grow in five thousand pins: a hundred bytes for each. */
const SLACK = 500_000

/**
 * Checks that memory does not grow. Of the heap, the least of one half is compared with that of the
 * other, since what awaits a finalizer comes and goes.
 *
 * @param {{ heap: number, wasm: number }[]} measured bytes, after each thousand pins
 */
export function flat(measured) {
  const half = measured.length / 2
  const least = (some) => Math.min(...some.map(({ heap }) => heap))
  const grown = least(measured.slice(half)) - least(measured.slice(0, half))
  assert.ok(grown <= SLACK, `The heap has grown: ${JSON.stringify(measured)}`)
  const sizes = new Set(measured.map(({ wasm }) => wasm))
  assert.equal(sizes.size, 1, `The memory of WebAssembly has grown: ${[...sizes]}`)
}
