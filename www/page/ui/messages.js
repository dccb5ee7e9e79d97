import { when } from '../lib/date.js'
import { exactSize } from '../lib/size.js'
import { MAX_SIZE } from '../pins/inspect.js'
import { mayCost } from '../pins/price.js'
import { addressOf, isFree } from '../pins/record.js'

/**
 * Explains why a card is held until the user confirms it: its state, the reason, and the name of the button.
 *
 * @param {import('../pins/record.js').PinRecord} record
 * @param {import('../pins/held.js').Hold} hold
 * @param {ReturnType<typeof import('./settings.js').readSettings>} settings
 */
export function explainHold(record, { duplicate, cid }, settings) {
  return duplicate
    ? {
        state: 'Duplicate',
        reason: duplicateMessage(record, duplicate.record),
        confirm: mayCost(settings) ? 'Pin it too (you pay again)' : 'Pin it too',
      }
    : {
        state: 'CID changes',
        reason: `The file is now on IPFS with the CID ${record.expect}. The service would give it the CID ${cid} instead. Links with the old CID will not open this pin.`,
        confirm: 'Pin it with the new CID',
      }
}

function duplicateMessage(record, { name, at }) {
  if (addressOf(record))
    return at
      ? `You ordered this address on ${when(at)}. It will not be sent again. The file at the address may have changed.`
      : 'This address is already in the list. Only one of them will be sent.'
  return at
    ? `You ordered the same content on ${when(at)} as “${name}”. This file will not be sent.`
    : `“${name}” has the same content. Only one of them will be sent.`
}

/** Says why a download failed. */
export function downloadMessage({ code }) {
  const messages = {
    'not-found': 'The gateway does not have this file. A new pin may need some minutes to arrive.',
    mismatch: 'The gateway sent another file. It does not match the CID, so it was discarded.',
    'bad-response':
      'The response of the gateway could not be verified, so it was discarded. The CID may be of a folder.',
    'too-large': `The file is larger than ${exactSize(MAX_SIZE)}, the limit of this page.`,
    'invalid-input': 'This page cannot download this CID.',
    aborted: 'You cancelled the download.',
  }
  return (
    messages[code] ?? 'The gateway did not respond. Check your internet connection and try again.'
  )
}

/**
 * Says what was deleted from the history, or removed from the list, and what was not.
 *
 * @param {import('../pins/record.js').PinRecord} record
 */
export function deletionMessage(record) {
  const { name, error, pin } = record
  if (isFree(error)) return `Removed “${name}”.`
  if (error?.outcome === 'unknown')
    return `Deleted “${name}” from this browser.${mayCost(record) ? ' You may still be charged.' : ''}`
  const rest = mayCost(record) ? ' or stop payments' : ''
  return `Deleted the receipt of “${name}” from this browser.${pin ? ` This does not unpin the file${rest}.` : ''}`
}
