import fc from 'fast-check'
import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'

/** The same seed generates the same values. */
const SEED = Number(process.env.NUMBERS_PIN_SEED ?? Math.floor(Math.random() * 2 ** 31))

/**
 * Tests a property with random values, and shrinks a value that fails. A run of one minute counts as a
 * hang.
 *
 * @template T
 * @param {import('node:test').TestContext} t
 * @param {number} runs
 * @param {import('fast-check').Arbitrary<T>} values
 * @param {(value: T) => Promise<void>} property rejects if it is false for the value
 */
export async function holds(t, runs, values, property) {
  t.diagnostic(`NUMBERS_PIN_SEED=${SEED}`)
  const unhandled = []
  const note = (reason) => unhandled.push(reason)
  process.on('unhandledRejection', note)
  try {
    const tried = fc.asyncProperty(values, async (value) => {
      await property(value)
      // Node reports an unhandled rejection at the end of a turn of its event loop.
      await setImmediate()
      assert.deepEqual(unhandled.splice(0), [])
    })
    await fc.assert(tried, { numRuns: runs, seed: SEED, timeout: 60_000 })
  } finally {
    process.off('unhandledRejection', note)
  }
}
