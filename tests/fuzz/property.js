import fc from 'fast-check'
import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'

/** By the same seed, the same is tried. */
const SEED = Number(process.env.NUMBERS_PIN_SEED ?? Math.floor(Math.random() * 2 ** 31))

/**
 * Tries a property with random values, of which a failure is made as small as it gets. A run that
 * takes a minute is taken to hang.
 *
 * @template T
 * @param {import('node:test').TestContext} t
 * @param {number} runs
 * @param {import('fast-check').Arbitrary<T>} values
 * @param {(value: T) => Promise<void>} property rejects where the value shows a fault
 */
export async function holds(t, runs, values, property) {
  t.diagnostic(`NUMBERS_PIN_SEED=${SEED}`)
  const unhandled = []
  const note = (reason) => unhandled.push(reason)
  process.on('unhandledRejection', note)
  try {
    const tried = fc.asyncProperty(values, async (value) => {
      await property(value)
      // Node tells of a rejection when the turn of its loop has ended.
      await setImmediate()
      assert.deepEqual(unhandled.splice(0), [])
    })
    await fc.assert(tried, { numRuns: runs, seed: SEED, timeout: 60_000 })
  } finally {
    process.off('unhandledRejection', note)
  }
}
