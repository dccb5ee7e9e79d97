import { isSameAddress, webAddress } from '../lib/web-address.js'

/**
 * What is known about one file or URL. It is stored in the history once it was ordered.
 *
 * @typedef {object} PinRecord
 * @property {number} [id] its key in the history
 * @property {string} name the file name, or the URL
 * @property {number} [size] in bytes; not set for a URL
 * @property {string} [type] the media type
 * @property {ArrayBuffer} [thumbnail] an image file
 * @property {string} [cid] computed here, of `version`
 * @property {string} [expect] the CID that the order has to give
 * @property {number} [at] when it was ordered, in ms
 * @property {string} [tab] the tab that ordered it
 * @property {string} [endpoint]
 * @property {string} [gateway]
 * @property {import('./services.js').Charges} [charges]
 * @property {0 | 1} [version]
 * @property {boolean} [pin]
 * @property {'waiting' | 'unfit' | 'queued' | 'sending' | 'done' | 'failed'} state
 * @property {import('numbers-pin').Receipt} [receipt]
 * @property {{ code: string, outcome: string, message: string, retryAfter?: number }} [error]
 * @property {'present' | 'absent' | 'unknown'} [found] the gateway's answer to `locate`
 */

/**
 * @param {File | string} source
 * @param {string} [expect] the CID that the order has to give
 * @returns {PinRecord}
 */
export function newRecord(source, expect) {
  if (!(source instanceof File)) return { name: source, state: 'waiting' }
  const { name, size, type } = source
  return { name, size, type, expect, state: 'waiting' }
}

/**
 * The URL that the service fetches, normalized and without its fragment; `undefined` for a file.
 *
 * @param {PinRecord} record
 */
export function addressOf({ name, size }) {
  return size === undefined ? webAddress(name)?.href.replace(/#.*/, '') : undefined
}

/**
 * The receipt. If there is none but the gateway has the content, what is known without one.
 *
 * @param {PinRecord} record
 */
export function receiptOf({ receipt, found, cid, gateway }) {
  if (receipt || found !== 'present') return receipt
  return { cid, fileURL: new URL(`ipfs/${cid}`, gateway).href }
}

/** Whether it belongs in the history: you were charged, or may have been. */
export function isKept({ state, error }) {
  return state === 'done' || (state === 'failed' && !isFree(error))
}

/** Whether an error means that you were not charged. */
export const isFree = (error) => ['not-sent', 'refused'].includes(error?.outcome)

/** Whether this service charged you for it, or may have. */
export function mayBeCharged({ state, pin, endpoint, error, found }, service) {
  if (!pin || !isSameAddress(endpoint, service)) return false
  if (state !== 'failed') return ['queued', 'sending', 'done'].includes(state)
  return error.outcome === 'pinned' || (error.outcome === 'unknown' && found !== 'absent')
}
