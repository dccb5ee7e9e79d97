import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { PinError } from '../../pkg/index.js'

/** The token of these suites. */
export const TOKEN = 'Capture-Token.4f1c9a7be2d05836'

/** Pieces of it that are long enough to be of use. */
const PIECES = Array.from({ length: TOKEN.length - 7 }, (_, at) =>
  TOKEN.slice(at, at + 8).toLowerCase(),
)

/**
 * The error that a call rejects with.
 *
 * @param {Promise<unknown>} call
 * @returns {Promise<PinError>}
 */
export async function failure(call) {
  const [{ status, value, reason }] = await Promise.allSettled([call])
  if (status === 'fulfilled') throw new Error(`Resolved with ${inspect(value)}`)
  if (reason instanceof PinError) return reason
  throw new Error('Rejected with something else than a PinError', { cause: reason })
}

/** What a receipt says beside its proof. */
export function withoutProof({ verified, profile, ...said }) {
  return said
}

/** The fields of an error that a caller acts on. */
export function facts({ code, outcome, status, retryAfter, receipt }) {
  return { code, outcome, status, retryAfter, receipt: receipt && withoutProof(receipt) }
}

/** The places of a value where somebody can find the token or a piece of it. */
export function leaks(value) {
  const found = []
  const seen = new Set()
  const visit = (value, path) => {
    if (typeof value === 'string' && PIECES.some((piece) => value.toLowerCase().includes(piece)))
      found.push(path)
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    for (const key of new Set([...Reflect.ownKeys(value), 'name', 'message', 'cause'])) {
      visit(String(key), `${path} key`)
      visit(value[key], `${path}.${String(key)}`)
    }
  }
  visit(value, 'error')
  visit(inspect(value, { depth: Infinity, showHidden: true }), 'inspect')
  visit(JSON.stringify(value), 'JSON')
  return found
}

/**
 * The error of a call that must not reach the service, nor show the token.
 *
 * @param {import('../faults/server.js').Post[]} posts what the service has seen
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

/** Checks that an argument is refused in a message that has all of these. */
export function refuses({ code, message }, ...texts) {
  assert.equal(code, 'invalid-input')
  for (const text of texts)
    assert.ok(message.includes(text), `${JSON.stringify(message)} lacks ${text}`)
}

/** How a call was ended, and how an end by the signal and by time look. */
export const end = ({ name, code, outcome }) => ({ name, code, outcome })
export const aborted = (outcome) => ({ name: 'AbortError', code: 'aborted', outcome })
export const late = (outcome) => ({ name: 'TimeoutError', code: 'timeout', outcome })
