import { locate, pin } from './pkg/index.js'
import { isFree } from './entry.js'
import { gatewayOf } from './services.js'
import { forget, keep, renew } from './store.js'
import { TAB } from './tab.js'

/**
 * Orders, and keeps on this device what is known of it, before it leaves and as soon as it has ended.
 *
 * @param {import('./entry.js').Entry} entry is told what became of it
 * @param {File | string} source
 * @param {string} token
 * @param {{ signal: AbortSignal, onProgress: (progress: import('numbers-pin').Progress) => void }} call
 * @returns {Promise<boolean>} whether it could be kept
 */
export async function placeOrder(entry, source, token, call) {
  const { endpoint, version, pin: kept } = entry
  Object.assign(entry, { state: 'sending', at: Date.now(), tab: TAB })
  // Should this page die from here on, the next one knows what it does not know.
  await save(entry)
  try {
    entry.receipt = await pin(source, { token, endpoint, version, pin: kept, ...call })
    entry.state = 'done'
  } catch ({ code, outcome, message, retryAfter, cid, receipt }) {
    Object.assign(entry, {
      state: 'failed',
      error: { code, outcome, message, retryAfter },
      receipt,
    })
    entry.cid ??= cid
  }
  return isFree(entry.error) ? drop(entry) : save(entry)
}

/** Asks the gateway for what may have been pinned, and keeps what it says with the entry. */
export async function lookFor(entry) {
  entry.found = await locate(entry.cid, { gateway: gatewayOf(entry) }).catch(() => 'unknown')
  await renew(entry).catch(() => {})
}

/** False where the browser keeps nothing, or has no room. */
async function save(entry) {
  try {
    entry.id = await keep(entry)
    return true
  } catch {
    return false
  }
}

/** What cost nothing is not worth keeping. */
async function drop(entry) {
  await forget(entry.id).catch(() => {})
  delete entry.id
  return true
}
