/** Whether you were charged, by outcome. */
const MONEY = {
  'not-sent': 'Nothing was sent. You were not charged.',
  refused: 'The service rejected the request. You were not charged.',
  unknown: 'The file may have been pinned, and you may have been charged.',
  pinned: 'The file was pinned and charged.',
}

const CHECK_GATEWAY = 'Select “Check gateway” before you pin the file again.'
const CHECK_ACCOUNT = 'Check the orders in your Capture Account before you pin the file again.'

/** What happened and what to do next, by error code. */
const FAILURES = {
  'invalid-input': ['The order is not valid.', 'Read the details to see what to change.'],
  'too-large': ['The file is larger than the limit of the service.', 'Choose a smaller file.'],
  unreadable: [
    'The file could not be read.',
    'Check that it still exists and is not a folder. Then choose it again.',
  ],
  unauthorized: ['The service does not accept this token.', 'Check the token, then try again.'],
  forbidden: ['This token is not allowed to pin.', 'Use another token, then try again.'],
  'insufficient-funds': [
    'The wallet of this token does not have enough funds.',
    'Add NUM or Credits to the wallet, then try again.',
  ],
  'bad-request': [
    'The service did not accept the order.',
    'Read the details, check the settings, then try again.',
  ],
  'rate-limited': ['Too many requests were sent to the service.', 'Wait a minute, then try again.'],
  'not-found': [
    'There is no pin service at this address.',
    'Check the service in the settings, then try again.',
  ],
  server: ['The service has a problem.', 'Try again later.'],
  network: [
    'No response from the service.',
    'Check your internet connection and the service in the settings, then try again.',
  ],
  timeout: ['The service took too long to respond.', 'Try again later.'],
  aborted: ['You cancelled the order.', 'You can try again.'],
  'bad-response': [
    'The response of the service is not a receipt.',
    'Check the service in the settings.',
  ],
  mismatch: [
    'The CID in the receipt does not belong to your file.',
    'Do not use this CID. Report it to the service, with the details.',
  ],
  unsupported: [
    'This browser does not support this page.',
    'Use a newer browser. The details say what is missing.',
  ],
  interrupted: ['The page was closed before the response arrived.', CHECK_ACCOUNT],
  internal: ['This page has a bug.', 'Reload the page, and report the details.'],
}

/** The order would not have given the expected CID, so it was not sent. */
const CHANGED = [
  'The service would give this file another CID.',
  'The details show both CIDs. Choose the file again.',
]

/** The gateway's response about content whose pin has an unknown outcome. */
const FOUND = {
  present: {
    state: 'Found',
    what: 'The gateway has this file.',
    money: 'It was probably pinned, and you were probably charged.',
    next: 'Check the orders in your Capture Account to be sure.',
  },
  absent: {
    state: 'Not found',
    what: 'The gateway does not have this file.',
    money: 'It was probably not pinned, but it may arrive later.',
    next: 'Wait some minutes and check again. If your Capture Account shows no order for it, pin it again.',
  },
  unknown: {
    state: 'Unknown',
    what: 'The gateway failed or timed out.',
    money: MONEY.unknown,
    next: 'Check the gateway again later.',
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

  const changed = code === 'mismatch' && outcome === 'not-sent'
  const [what, next] = changed ? CHANGED : FAILURES[code]
  const free = outcome === 'not-sent' || outcome === 'refused'
  const state =
    { unknown: 'Unknown', pinned: 'Check receipt' }[outcome] ??
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
  return look ? CHECK_GATEWAY : CHECK_ACCOUNT
}
