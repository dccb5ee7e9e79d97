import { locate, pin } from '../pkg/index.js'
import { isFree } from './record.js'
import { gatewayOf } from './services.js'
import { forget, keep, renew } from '../lib/store.js'
import { TAB } from '../lib/tab.js'

/**
 * Orders, and keeps on this device what is known of it, before it leaves and as soon as it has ended.
 *
 * @param {import('./record.js').PinRecord} record is told what became of it
 * @param {File | string} source
 * @param {string} token
 * @param {{ signal: AbortSignal, onProgress: (progress: import('numbers-pin').Progress) => void }} call
 * @returns {Promise<boolean>} whether it could be kept
 */
export async function placeOrder(record, source, token, call) {
  const { endpoint, version, pin: kept } = record
  Object.assign(record, { state: 'sending', at: Date.now(), tab: TAB })
  // Should this page die from here on, the next one knows what it does not know.
  await save(record)
  try {
    record.receipt = await pin(source, { token, endpoint, version, pin: kept, ...call })
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

/** Asks the gateway for what may have been pinned, and keeps what it says with the record. */
export async function lookFor(record) {
  record.found = await locate(record.cid, { gateway: gatewayOf(record) }).catch(() => 'unknown')
  await renew(record).catch(() => {})
}

/** False where the browser keeps nothing, or has no room. */
async function save(record) {
  try {
    record.id = await keep(record)
    return true
  } catch {
    return false
  }
}

/** What cost nothing is not worth keeping. */
async function drop(record) {
  await forget(record.id).catch(() => {})
  delete record.id
  return true
}
