import assert from 'node:assert/strict'
import { ENDS, PINS, kindOf } from './kinds.js'

/**
 * Compares the outcome of every pin with the records of the service: none was processed that the client
 * does not know or reports as refused, and none twice.
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

/** The maximum growth of the heap in 5000 pins, in bytes: 100 for each. */
const SLACK = 500_000

/**
 * Checks that memory does not grow. The smallest heap of the first half is compared with that of the
 * second, because objects that await a finalizer come and go. The heap after the first thousand pins does
 * not count: the runtime still compiles and fills its caches.
 *
 * @param {{ heap: number, wasm: number }[]} measured bytes, after each thousand pins
 */
export function flat(measured) {
  const half = measured.length / 2
  const least = (some) => Math.min(...some.map(({ heap }) => heap))
  const grown = least(measured.slice(half)) - least(measured.slice(1, half))
  assert.ok(grown <= SLACK, `The heap has grown: ${JSON.stringify(measured)}`)
  const sizes = new Set(measured.map(({ wasm }) => wasm))
  assert.equal(sizes.size, 1, `The memory of WebAssembly has grown: ${[...sizes]}`)
}
