import assert from 'node:assert/strict'
import { PinError } from '../../pkg/index.js'
import { SMALL } from '../support/faults/answers.js'
import { TOKEN } from '../support/faults/leaks.js'

const CODES = [
  'invalid-input',
  'too-large',
  'unreadable',
  'unauthorized',
  'forbidden',
  'insufficient-funds',
  'bad-request',
  'rate-limited',
  'not-found',
  'server',
  'network',
  'timeout',
  'aborted',
  'bad-response',
  'mismatch',
  'unsupported',
]

const OUTCOMES = ['not-sent', 'refused', 'unknown', 'pinned']

const PROFILES = [
  'unixfs-v0-2015',
  'kubo-cid-v0-raw-leaves',
  'kubo-cid-v1',
  'unixfs-v1-2025',
  'kubo-test-cid-v1',
  'unixfs-v0-2015-as-v1',
  'kubo-cid-v1-dag-pb-leaves',
  'raw-block',
]

/** Checks that an error is one of index.d.ts, and not `internal`, which is a trap. */
export function checkError(error) {
  assert.ok(error instanceof PinError)
  assert.ok(CODES.includes(error.code), `${error.code}: ${error.message}`)
  assert.ok(OUTCOMES.includes(error.outcome))
  assert.equal(typeof error.message, 'string')
  const optional = { status: 'number', detail: 'string', retryAfter: 'number', cid: 'string' }
  for (const [name, type] of Object.entries(optional))
    if (error[name] !== undefined) assert.equal(typeof error[name], type)
  if (error.receipt !== undefined) assert.equal(typeof error.receipt.cid, 'string')
  const shown = `${JSON.stringify(error)} ${error.stack}`.toLowerCase()
  assert.ok(!shown.includes(TOKEN.toLowerCase()))
}

/** Checks that a receipt has the types of index.d.ts. */
export function checkReceipt(receipt) {
  const { cid, fileURL, orderID, fileSize, cid_version, verified, profile } = receipt
  assert.equal(Object.getPrototypeOf(receipt), Object.prototype)
  assert.ok(typeof cid === 'string' && cid !== '')
  for (const text of [fileURL, orderID]) assert.ok(text === undefined || typeof text === 'string')
  for (const count of [fileSize, cid_version])
    assert.ok(count === undefined || (Number.isSafeInteger(count) && count >= 0))
  assert.ok([true, false, null].includes(verified))
  assert.equal(verified === true, PROFILES.includes(profile))
  assert.equal(verified === true, profile !== null)
}

/** Checks a verified receipt of `SMALL`: a raw block has only one CID. */
export function checkProof({ cid }) {
  if (cid.startsWith('bafkrei')) assert.equal(cid, SMALL.cid)
}
