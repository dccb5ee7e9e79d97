import assert from 'node:assert/strict'
import { SMALL } from './answers.js'

/** The error names that callers check for after an abort or a timeout. */
const NAMES = { aborted: 'AbortError', timeout: 'TimeoutError' }

/** The fields of a receipt except the verification. */
export function withoutProof({ verified, profile, ...said }) {
  return said
}

/** The fields of an error that a caller acts on. */
export function facts({ code, outcome, status, retryAfter, receipt }) {
  return { code, outcome, status, retryAfter, receipt: receipt && withoutProof(receipt) }
}

/** A timeout came before the order was sent or received, or before the status of its response. */
export class TooEarly extends Error {}

function isEarly(error, expected, seen) {
  if (error?.code !== 'timeout') return false
  if (error.outcome === 'not-sent' && expected.outcome !== 'not-sent') return true
  return seen.length < expected.posts || (expected.status && !error.status)
}

/**
 * Checks the result of a fault against the table.
 *
 * @param {import('./table.js').Fault} fault
 * @param {import('./table.js').Expectation} expectation
 * @param {import('./result.js').Result} result
 * @param {import('./server.js').Post[]} seen the orders that the server received
 * @throws {TooEarly} so that a test can repeat the order with a longer timeout
 */
export function judge({ content = SMALL }, expectation, result, seen) {
  const { posts, resolves, also, ...expected } = expectation
  const { receipt, error, progress } = result
  if (isEarly(error, expectation, seen)) throw new TooEarly('The timeout was too early')
  if (resolves) {
    assert.equal(error, undefined)
    assert.deepEqual(withoutProof(receipt), resolves)
    assert.equal(result.plain, true)
    assert.equal(receipt.verified, true)
  } else {
    assert.equal(receipt, undefined)
    assert.equal(result.known, true)
    const other = also?.code === error.code
    assert.deepEqual(facts(error), facts(other ? also : expected))
    assert.equal(result.name, NAMES[error.code] ?? 'PinError')
    assert.ok(result.message.length > 10)
    assert.ok((error.detail ?? '').length <= 300)
    // An unknown outcome comes with the CID to look up, unless a large file was not yet hashed when
    // the caller aborted.
    const early = error.code in NAMES && content !== SMALL && error.cid === undefined
    if (error.outcome === 'unknown' && !early) assert.equal(error.cid, content.cid)
  }
  assert.deepEqual(result.leaks, [])
  assert.equal(seen.length, posts)

  const loaded = progress.map((event) => event.loaded)
  assert.deepEqual(
    loaded,
    loaded.toSorted((a, b) => a - b),
  )
  const done = progress.filter(({ phase }) => phase === 'done').length
  assert.equal(done, progress.length > 0 && resolves ? 1 : 0)
}
