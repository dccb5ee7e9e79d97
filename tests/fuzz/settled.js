import assert from 'node:assert/strict'
import { PinError } from '../../pkg/index.js'
import { SMALL } from '../support/faults/answers.js'
import { TOKEN } from '../support/faults/leaks.js'
import { stringsOf } from '../support/types.js'

/** The codes of errors, without that of a trap. */
const CODES = stringsOf('PinErrorCode').filter((code) => code !== 'internal')
const OUTCOMES = stringsOf('PinOutcome')
const PROFILES = [...stringsOf('Profile'), 'raw-block']

/** Checks that an error is one of index.d.ts, and no trap. */
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
