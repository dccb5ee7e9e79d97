import { locate, pin } from '../pkg/index.js'
import { forget, keep, renew } from '../lib/store.js'
import { TAB } from '../lib/tab.js'
import { isFree } from './record.js'
import { gatewayOf } from './services.js'

/**
 * Pins a source. The record is stored before the request is sent and again when it has ended.
 *
 * @param {import('./record.js').PinRecord} record gets the result
 * @param {File | string} source
 * @param {string} token
 * @param {{ signal: AbortSignal, onProgress: (progress: import('numbers-pin').Progress) => void }} call
 * @returns {Promise<boolean>} whether the record could be stored
 */
export async function placeOrder(record, source, token, call) {
  const { endpoint, version, expect, pin: kept } = record
  Object.assign(record, { state: 'sending', tab: TAB })
  // If the page is closed from here on, the history shows that the outcome is unknown.
  await save(record)
  try {
    const options = { token, endpoint, version, pin: kept, expect, ...call }
    record.receipt = await pin(source, options)
    record.state = 'done'
  } catch ({ code, outcome, message, retryAfter, cid, receipt }) {
    Object.assign(record, {
      state: 'failed',
      error: { code, outcome, message, retryAfter },
      receipt,
    })
    record.cid ??= cid
  }
  return isFree(record.error) ? drop(record) : save(record)
}

/** Stores an order that is queued, so that other tabs know of it. */
export function reserve(record) {
  Object.assign(record, { state: 'queued', tab: TAB })
  return save(record)
}

/** Takes a reservation back. */
export function release(record) {
  const { id } = record
  delete record.id
  if (id !== undefined) forget(id).catch(() => {})
}

/** Asks the gateway whether it has the content, and stores the answer in the record. */
export async function lookFor(record) {
  record.found = await locate(record.cid, { gateway: gatewayOf(record) }).catch(() => 'unknown')
  await renew(record).catch(() => {})
}

/** False if the browser forbids storage or its quota is used up. */
async function save(record) {
  try {
    record.id = await keep(record)
    return true
  } catch {
    return false
  }
}

/** Deletes the record of an order that was not charged. */
async function drop(record) {
  await forget(record.id).catch(() => {})
  delete record.id
  return true
}
