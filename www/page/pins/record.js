import { webAddress } from '../lib/web-address.js'

/**
 * What is known of one file or address; in the history once it was ordered.
 *
 * @typedef {object} PinRecord
 * @property {number} [id] its number in the history
 * @property {string} name of the file, or the address
 * @property {number} [size] in bytes; an address has none
 * @property {string} [type] the media type
 * @property {ArrayBuffer} [thumbnail] a picture
 * @property {string} [cid] computed here, of `version`
 * @property {number} [at] when it was ordered, in ms
 * @property {string} [tab] the tab that ordered it
 * @property {string} [endpoint]
 * @property {string} [gateway]
 * @property {0 | 1} [version]
 * @property {boolean} [pin]
 * @property {'waiting' | 'unfit' | 'queued' | 'sending' | 'done' | 'failed'} state
 * @property {import('numbers-pin').Receipt} [receipt]
 * @property {{ code: string, outcome: string, message: string, retryAfter?: number }} [error]
 * @property {'present' | 'absent' | 'unknown'} [found] what the gateway said when it was asked
 */

/** @param {File | string} source @returns {PinRecord} */
export function newRecord(source) {
  if (!(source instanceof File)) return { name: source, state: 'waiting' }
  const { name, size, type } = source
  return { name, size, type, state: 'waiting' }
}

/**
 * The address that the service fetches, in the one spelling of all that mean the same; what follows a
 * `#` no server is asked for. A file has none.
 *
 * @param {PinRecord} record
 */
export function addressOf({ name, size }) {
  return size === undefined ? webAddress(name)?.href.replace(/#.*/, '') : undefined
}

/**
 * The receipt or, where there is none but the gateway was found to have the content, what is known
 * without one.
 *
 * @param {PinRecord} record
 */
export function receiptOf({ receipt, found, cid, gateway }) {
  if (receipt || found !== 'present') return receipt
  return { cid, fileURL: new URL(`ipfs/${cid}`, gateway).href }
}

/** Whether it belongs to the history: it was paid for, or may have been. */
export function isKept({ state, error }) {
  return state === 'done' || (state === 'failed' && !isFree(error))
}

/** Whether an error says that nothing was ordered. */
export const isFree = (error) => ['not-sent', 'refused'].includes(error?.outcome)

/** Whether it has been ordered at this service and paid for, or may have been. */
export function mayBeCharged({ state, pin, endpoint, error, found }, service) {
  if (!pin || endpoint !== service) return false
  if (state !== 'failed') return ['queued', 'sending', 'done'].includes(state)
  return error.outcome === 'pinned' || (error.outcome === 'unknown' && found !== 'absent')
}
