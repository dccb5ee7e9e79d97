const MONEY = {
  'not-sent': 'Nothing was ordered, and nothing was charged.',
  refused: 'The service took no order, so nothing should be charged.',
  unknown: 'The file may have been pinned and charged all the same.',
  pinned: 'The file was pinned, and will be charged.',
}

const LOOK = 'Look at the orders of your account before you pin it again.'

/** What happened, and what to do now, by the code of an error. */
const WORDS = {
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
  internal: ['The page itself failed.', 'Reload it, and report the details.'],
}

/** Errors that the very same order would meet again, whatever the settings are. */
const FINAL = ['too-large', 'unreadable', 'unsupported']

/**
 * An error for the person who pays: the state it leaves the file in, what happened, what became of
 * the money, what to do now, and whether ordering again is harmless.
 *
 * @param {import('numbers-pin').PinError} error
 * @returns {{ state: string, what: string, money: string, next: string, again: boolean }}
 */
export function inWords({ code, outcome, retryAfter }) {
  const [what, next] = WORDS[code]
  const free = outcome === 'not-sent' || outcome === 'refused'
  return {
    state:
      { unknown: 'Unclear', pinned: 'Pinned' }[outcome] ??
      (code === 'aborted' ? 'Cancelled' : 'Failed'),
    what,
    money: MONEY[outcome],
    next:
      outcome === 'unknown'
        ? LOOK
        : retryAfter
          ? `Wait ${retryAfter} seconds, then try again.`
          : next,
    again: free && !FINAL.includes(code),
  }
}
