import { LIMIT } from '../support/limit.js'

/** The number of pins. */
export const PINS = 10_000

/** The maximum number of pins in flight. */
export const AT_ONCE = 8

/** The token; the service accepts any. */
export const TOKEN = 'soak'

/**
 * What happens to a pin: the outcome that the client must report, and how often the service must have
 * received and processed it (`taken`). `slots` of a thousand pins are of the kind, the rest are `plain`.
 *
 * @typedef {object} Kind
 * @property {string} name
 * @property {number} slots
 * @property {'receipt' | import('../../pkg/index.js').PinOutcome} says
 * @property {number} posts
 * @property {number} taken
 * @property {object} [options] of the pin
 */

/** @type {Kind[]} */
const FAULTS = [
  { name: 'unauthorized', slots: 10, says: 'refused', posts: 1, taken: 0 },
  { name: 'no funds', slots: 10, says: 'refused', posts: 1, taken: 0 },
  { name: '429 once', slots: 20, says: 'receipt', posts: 2, taken: 1 },
  { name: '429 forever', slots: 10, says: 'refused', posts: 3, taken: 0 },
  { name: '503 before processing', slots: 10, says: 'unknown', posts: 1, taken: 0 },
  { name: '500 after processing', slots: 10, says: 'unknown', posts: 1, taken: 1 },
  { name: 'cut before processing', slots: 10, says: 'unknown', posts: 1, taken: 0 },
  { name: 'cut after processing', slots: 10, says: 'unknown', posts: 1, taken: 1 },
  { name: 'cut in the response', slots: 10, says: 'unknown', posts: 1, taken: 1 },
  { name: 'no receipt', slots: 10, says: 'unknown', posts: 1, taken: 1 },
  { name: 'wrong CID', slots: 10, says: 'pinned', posts: 1, taken: 1 },
  { name: 'too large', slots: 10, says: 'not-sent', posts: 0, taken: 0, options: { maxSize: 0 } },
  {
    name: 'no response',
    slots: 1,
    says: 'unknown',
    posts: 1,
    taken: 1,
    options: { timeout: LIMIT },
  },
]

const PLAIN = { name: 'plain', says: 'receipt', posts: 1, taken: 1 }

const ROUND = FAULTS.flatMap((kind) => Array(kind.slots).fill(kind))

/**
 * The kind of a pin by its number. 7 shares no factor with a thousand, so that every round has every
 * slot, and the faults are spread among the others.
 *
 * @returns {Kind}
 */
export const kindOf = (nth) => ROUND[(nth * 7) % 1000] ?? PLAIN

/** The content of a pin: of many sizes, and with its number. */
export const contentOf = (nth) => `soak ${nth} ${'x'.repeat(nth % 5000)}.`

/** Matches the content of a pin, with its number, in the order as it was received. */
export const CONTENT = /soak (\d+) x*\./

/** The possible results of a pin, in the order of their indexes. */
export const ENDS = ['receipt', 'not-sent', 'refused', 'unknown', 'pinned']
