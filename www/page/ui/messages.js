import { when } from '../lib/date.js'
import { roundedSize } from '../lib/size.js'
import { MAX_SIZE } from '../pins/inspect.js'
import { addressOf } from '../pins/record.js'

const MONEY = {
  'not-sent': 'Nothing was ordered, and nothing was charged.',
  refused: 'The service took no order, so nothing should be charged.',
  unknown: 'The file may have been pinned and charged all the same.',
  pinned: 'The file was pinned, and will be charged.',
}

const LOOK = 'Look for it on the gateway before you pin it again.'
const ORDERS = 'Look at the orders of your account before you pin it again.'

/** What happened and what to do next, by error code. */
const FAILURES = {
  'invalid-input': ['This cannot be ordered.', 'The details say what has to be different.'],
  'too-large': [
    'The file is larger than the service takes.',
    'Make it smaller, or choose another one.',
  ],
  unreadable: [
    'The file could not be read.',
    'See that it is still there and no folder, and choose it again.',
  ],
  unauthorized: ['The service does not accept this token.', 'Check the token, then try again.'],
  forbidden: ['This token is not allowed to pin.', 'Use another token, then try again.'],
  'insufficient-funds': [
    'There are not enough funds in the wallet of this token.',
    'Add NUM or Credits to the wallet, then try again.',
  ],
  'bad-request': [
    'The service did not accept the order.',
    'The details give its answer. Check the settings, then try again.',
  ],
  'rate-limited': ['The service gets too many orders.', 'Wait a little, then try again.'],
  'not-found': [
    'There is no pin service at this address.',
    'Check which service is chosen, then try again.',
  ],
  server: ['The service failed.', 'Try again later.'],
  network: [
    'The service could not be reached, or gave no answer that this page may read.',
    'Check the connection and the chosen service, then try again.',
  ],
  timeout: ['The service took too long.', 'Try again later.'],
  aborted: ['You cancelled.', 'Try again whenever you like.'],
  'bad-response': ['The answer of the service is no receipt.', 'Check which service is chosen.'],
  mismatch: [
    'The receipt is for other content than this file.',
    'Do not rely on it. Tell the service, with the details.',
  ],
  unsupported: [
    'This browser cannot run what the page needs.',
    'Use a recent browser. The details say what is missing.',
  ],
  interrupted: ['The page was closed before the answer came.', 'Choose the file again.'],
  internal: ['The page itself failed.', 'Reload it, and report the details.'],
}

/** The gateway's answer about content whose pin has an unknown outcome. */
const FOUND = {
  present: {
    state: 'Found',
    what: 'The gateway has this content.',
    money: 'So it was most likely pinned, and will be charged.',
    next: 'The orders of your account say for certain.',
  },
  absent: {
    state: 'Not found',
    what: 'The gateway does not have this content now.',
    money: 'It was most likely not pinned, but may be on its way.',
    next: 'If your account shows no order of it, pin it again.',
  },
  unknown: {
    state: 'Unknown',
    what: 'The gateway could not say whether it has this content.',
    money: MONEY.unknown,
    next: 'Look for it again later.',
  },
}

/** Errors that a retry cannot fix, whatever the settings are. */
const FINAL = ['too-large', 'unreadable', 'unsupported']

/**
 * Explains a failed pin: its state, what happened, whether you were charged (`money`), what to do next,
 * whether a retry is safe (`again`), and whether the gateway can be asked for the content (`look`).
 *
 * @param {import('../pins/record.js').PinRecord} record of a failed pin
 * @returns {{
 *   state: string, what: string, money: string, next: string, again: boolean, look: boolean
 * }}
 */
export function explainFailure({ error: { code, outcome, retryAfter }, cid, pin, found }) {
  const look = outcome === 'unknown' && Boolean(cid && pin)
  if (look && found) return { ...FOUND[found], again: found === 'absent', look }

  const [what, next] = FAILURES[code]
  const free = outcome === 'not-sent' || outcome === 'refused'
  const state =
    { unknown: 'Unknown', pinned: 'Doubtful' }[outcome] ??
    (code === 'aborted' ? 'Cancelled' : 'Failed')
  return {
    state,
    what,
    money: MONEY[outcome],
    next:
      adviceFor(outcome, look) ??
      (retryAfter ? `Wait ${retryAfter} seconds, then try again.` : next),
    again: free && !FINAL.includes(code),
    look,
  }
}

function adviceFor(outcome, look) {
  if (outcome !== 'unknown') return undefined
  return look ? LOOK : ORDERS
}

/**
 * Says why a duplicate is not sent.
 *
 * @param {import('../pins/record.js').PinRecord} record
 * @param {import('../pins/record.js').PinRecord} duplicate
 */
export function duplicateMessage(record, { name, at }) {
  if (!addressOf(record)) {
    const ordered = at ? ` that was ordered on ${when(at)}` : ''
    return `The same content as “${name}”${ordered}, so it is not sent.`
  }
  return at
    ? `This address was ordered on ${when(at)}, so it is not sent. Its content may have changed since.`
    : 'This address is here already, so it is not sent.'
}

/** Says why a download failed. */
export function downloadMessage({ code }) {
  const messages = {
    'not-found': 'The gateway does not have it. A new pin may take a while to arrive.',
    mismatch: 'The gateway sent other bytes than the CID stands for. They were thrown away.',
    'bad-response':
      'What the gateway sent cannot be proven to be this content. It was thrown away.',
    'too-large': `The gateway sends more than the ${roundedSize(MAX_SIZE)} that a pin can have. It was cut off.`,
    aborted: 'You cancelled.',
  }
  return (
    messages[code] ?? 'The gateway could not be reached, or gave no answer that this page may read.'
  )
}

const PROOFS = new Map([
  [
    true,
    [
      'Proven',
      'This page built the CID from the bytes of your file, and it is the one in the receipt. Whoever fetches this CID gets exactly your file.',
    ],
  ],
  [
    false,
    [
      'Not proven',
      'None of the known ways to build a CID from your file gives the one in the receipt. The service may have a way of its own, so this is no sign of wrong. Fetch the content back to see.',
    ],
  ],
])

const UNCHECKED = [
  'Not checked',
  'There were no bytes here to build the CID from: the service fetched the content by itself, or the file could not be read any more.',
]

/** Explains `verified` of a receipt, as a word and a sentence. */
export const proofMessage = (verified) => PROOFS.get(verified) ?? UNCHECKED
