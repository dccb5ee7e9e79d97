import assert from 'node:assert/strict'
import { failure } from '../support/failure.js'
import { leaks } from '../support/faults/leaks.js'

/**
 * The error of a call that must neither reach the service nor leak the token.
 *
 * @param {import('../support/faults/server.js').Post[]} posts the orders that the service has received
 * @param {Promise<unknown>} call
 */
export async function unsent(posts, call) {
  const before = posts.length
  const error = await failure(call)
  assert.equal(error.outcome, 'not-sent')
  assert.equal(posts.length, before)
  assert.deepEqual(leaks(error), [])
  return error
}

/** Checks that an argument is rejected with a message that has all of these texts. */
export function refuses({ code, message }, ...texts) {
  assert.equal(code, 'invalid-input')
  for (const text of texts)
    assert.ok(message.includes(text), `${JSON.stringify(message)} lacks ${text}`)
}

/** How a call has ended, and the expected value after an abort and after a timeout. */
export const end = ({ name, code, outcome }) => ({ name, code, outcome })
export const aborted = (outcome) => ({ name: 'AbortError', code: 'aborted', outcome })
export const late = (outcome) => ({ name: 'TimeoutError', code: 'timeout', outcome })
