import assert from 'node:assert/strict'
import { OPERATIONS } from './operations.js'
import { expectations } from './rules.js'
import { withoutProof } from './judge.js'

/**
 * Checks the result of a case against the rules.
 *
 * @param {object} scenario one of cases.js
 * @param {'node' | 'chromium'} runtime
 * @param {{ results: object[], progress: object[] }} met
 * @param {number} requests how many attempts reached the server
 */
export function checkCase(scenario, runtime, { results, progress }, requests) {
  const { cid } = OPERATIONS[scenario.operation]
  const said = { results: results.map(facts), requests }
  const allowed = expectations(scenario, runtime)
  if (!allowed.some((each) => isSame(each, said))) assert.deepEqual(said, allowed[0])
  for (const { isPinError, receipt } of results) assert.ok(receipt || isPinError)
  // An unknown outcome comes with the CID to look up.
  if (results[0].outcome === 'unknown') assert.equal(results[0].cid, cid)

  const done = progress.filter(({ phase }) => phase === 'done').length
  assert.equal(done, progress.length > 0 && results[0].receipt ? 1 : 0)
  const loaded = progress.map((event) => event.loaded)
  assert.deepEqual(
    loaded,
    loaded.toSorted((a, b) => a - b),
  )
}

/** The fields that the rules define. */
function facts({ receipt, code, outcome, status, retryAfter }) {
  if (receipt) return { receipt: withoutProof(receipt) }
  return Object.fromEntries(
    Object.entries({ code, outcome, status, retryAfter }).filter(
      ([, value]) => value !== undefined,
    ),
  )
}

function isSame(one, other) {
  try {
    assert.deepEqual(one, other)
    return true
  } catch {
    return false
  }
}
