import { mayCost } from '../pins/price.js'
import { isFree } from '../pins/record.js'

/** Whether you were charged, by outcome. */
const MONEY = {
  'not-sent': 'Nothing was sent. You were not charged.',
  refused: 'The service rejected the request. You were not charged.',
  unknown: 'The file may have been pinned, and you may have been charged.',
  pinned: 'The file was pinned, and you were charged.',
  mismatch: 'You were charged. The service may have pinned another file.',
}

/** The same of an order that costs nothing, with the reason. */
const freeBecause = (reason) => ({
  ...MONEY,
  unknown: `The service may have the file. Nothing is charged: ${reason}.`,
  pinned: `The service has the file. Nothing is charged: ${reason}.`,
  mismatch: `The service may have another file. Nothing is charged: ${reason}.`,
})

const TEST = freeBecause('this service is for tests')
const UNPINNED = freeBecause('the file is not pinned')

/** What to do without enough funds, by what the service charges. */
const FUNDS = {
  numbers: 'Add NUM or Credits to the wallet, then try again.',
  nothing: 'Use another token, then try again.',
}

const CHECK_ONLINE = 'Select “Check if it is online”.'

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
    'Add funds to the wallet, then try again.',
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
  interrupted: ['The page was closed before the response arrived.'],
  internal: ['This page has a bug.', 'Reload the page, and report the details.'],
}

/** The order would not have given the expected CID, so it was not sent. */
const CHANGED = [
  'The service would give this file another CID.',
  'The details show both CIDs. Choose the file again.',
]

const UNKNOWN = 'Outcome unknown'

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
export function explainFailure(record) {
  const { error, cid, pin, found, charges } = record
  const { code, outcome } = error
  const look = outcome === 'unknown' && Boolean(cid && pin)
  if (look && found) return { ...explainFound(found, record), again: found === 'absent', look }

  const changed = code === 'mismatch' && outcome === 'not-sent'
  const [what, next] = changed ? CHANGED : FAILURES[code]
  const free = isFree(error)
  return {
    state: stateOf(error),
    what,
    money: moneyFor(record)[code === 'mismatch' && !free ? code : outcome],
    next: adviceFor(error, look, record) ?? next,
    again: free && !FINAL.includes(code),
    look,
  }
}

/** Explains the gateway's response about content whose pin has an unknown outcome. */
function explainFound(found, record) {
  const costs = mayCost(record)
  const where = ordersAt(record)
  return {
    present: {
      state: 'Found',
      what: 'The gateway has this file.',
      money: costs
        ? 'It was probably pinned, and you were probably charged.'
        : 'It was probably pinned.',
      next: costs ? `Check your orders ${where} to be sure.` : 'Select “Show file” to see it.',
    },
    absent: {
      state: 'Not found',
      what: 'The gateway does not have this file.',
      money: 'It was probably not pinned, but it may arrive later.',
      next: `Wait some minutes and check again. ${costs ? `Before you pin it again, look for its order ${where}.` : 'You can also pin it again.'}`,
    },
    unknown: {
      state: UNKNOWN,
      what: 'The gateway failed or timed out.',
      money: moneyFor(record).unknown,
      next: 'Check again later.',
    },
  }[found]
}

function stateOf({ code, outcome }) {
  if (outcome === 'unknown') return UNKNOWN
  if (outcome === 'pinned') return 'Check receipt'
  return code === 'aborted' ? 'Cancelled' : 'Failed'
}

function moneyFor(record) {
  if (mayCost(record)) return MONEY
  return record.pin ? TEST : UNPINNED
}

const ordersAt = ({ charges }) =>
  charges === 'numbers' ? 'in your Capture Account' : 'at this service'

/** Advice that depends on the outcome, the response or the service; `undefined` if that of the code is best. */
function adviceFor({ code, outcome, retryAfter }, look, record) {
  const costs = mayCost(record)
  if (outcome === 'unknown' && look)
    return costs
      ? `${CHECK_ONLINE} Do not pin the file again before that: you could pay twice.`
      : CHECK_ONLINE
  if (outcome === 'unknown')
    return costs
      ? `Check your orders ${ordersAt(record)} before you pin the file again.`
      : 'You can order the file again.'
  if (retryAfter) return `Wait ${retryAfter} seconds, then try again.`
  return code === 'insufficient-funds' ? FUNDS[record.charges] : undefined
}
