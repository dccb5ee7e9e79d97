import { when } from '../lib/date.js'
import { roundedSize } from '../lib/size.js'
import { MAX_SIZE } from '../pins/inspect.js'
import { addressOf } from '../pins/record.js'

/**
 * Explains why a card is held until the user confirms it: its state, the reason, and the name of the button.
 *
 * @param {import('../pins/record.js').PinRecord} record
 * @param {import('../pins/held.js').Hold<{ record: import('../pins/record.js').PinRecord }>} hold
 */
export function explainHold(record, { duplicate, cid }) {
  return duplicate
    ? {
        state: 'Duplicate',
        reason: duplicateMessage(record, duplicate.record),
        confirm: 'Pin it anyway',
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
      : 'This address is already in the list. It will be sent once.'
  return at
    ? `You ordered the same content on ${when(at)} as “${name}”. It will not be sent again.`
    : `The file “${name}” has the same content. It will be sent once.`
}

/** Says why a download failed. */
export function downloadMessage({ code }) {
  const messages = {
    'not-found': 'The gateway does not have this file. A new pin may need some minutes to arrive.',
    mismatch: 'The gateway sent another file. It does not match the CID, so it was discarded.',
    'bad-response':
      'The response of the gateway could not be verified, so it was discarded. The CID may be of a folder.',
    'too-large': `The file is larger than ${roundedSize(MAX_SIZE)}, the limit of this page.`,
    'invalid-input': 'This page cannot download this CID.',
    aborted: 'You cancelled the download.',
  }
  return (
    messages[code] ?? 'The gateway did not respond. Check your internet connection and try again.'
  )
}
