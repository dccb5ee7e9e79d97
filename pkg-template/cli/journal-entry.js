import { ENDPOINT } from './defaults.js'
import { isUrl, normalizeUrl } from './url.js'

/**
 * A line of the journal. `ordering` is written before the request is sent. If no later line has the
 * same content and terms, the order may or may not have been processed. `found` means that the gateway has the
 * content, or that a user has found the order in the account and added the line by hand.
 *
 * @typedef {object} Entry
 * @property {'ordering' | 'pinned' | 'failed' | 'found'} event
 * @property {string} time in ISO 8601
 * @property {string} source the operand
 * @property {string} content the CID that was computed here, or the URL
 * @property {string} [from] the CID that the content was moved from
 * @property {object} terms the other parameters of the order: endpoint, version, pin
 * @property {object} [receipt]
 * @property {object} [error]
 */

const EVENTS = ['ordering', 'pinned', 'failed', 'found']

const LINE_FEED = 10

/** The first bytes of every line. */
const LINE_START = '{"event":"'

/** Whether the order was certainly charged, or is at the gateway. */
export const isPaid = (entry) =>
  ['pinned', 'found'].includes(entry?.event) || entry?.error?.outcome === 'pinned'

/** The receipt of an order that was paid. A `found` line that was added by hand may have none. */
export const receiptOf = ({ event, content, receipt }) =>
  receipt ?? (event === 'found' ? { cid: content } : undefined)

/** Whether the order may have been charged: its result is missing, or its outcome is `unknown`. */
export const isUnknown = (entry) =>
  entry?.event === 'ordering' || entry?.error?.outcome === 'unknown'

/** By what an order is found: its content, and the CID that this was moved from, which is of the same bytes. */
export const keysOf = ({ content, from = content, terms }) =>
  new Set([keyOf({ content, terms }), keyOf({ content: from, terms })])

/** Identifies an order. Two spellings of a URL are one order. */
export function keyOf({ content, terms: { endpoint = ENDPOINT, version, pin } }) {
  return JSON.stringify([normalizeUrl(content) ?? content, normalizeUrl(endpoint), version, pin])
}

/**
 * Parses a journal.
 *
 * @param {Buffer} bytes
 * @returns {{ entries: Entry[], tornAt?: number, badLine?: number, isUnended: boolean }} `tornAt` is the offset of a
 *   last line that a crash, a full disk or a power cut has damaged, `badLine` the number of the first one that is no
 *   entry; `isUnended` if only the last line feed is missing
 */
export function parseJournal(bytes) {
  const lines = bytes.toString('utf8').split(/(?<=\n)/)
  const entries = lines.map(parseEntry)
  let tornAt
  if (entries.length > 0 && !entries.at(-1) && isTorn(lines)) {
    entries.pop()
    // Counted in bytes, as the damage may be within a character.
    tornAt = bytes.lastIndexOf('\n', -2) + 1
  }
  const badLine = entries.indexOf(undefined) + 1 || undefined
  const isUnended = tornAt === undefined && bytes.at(-1) !== LINE_FEED
  return { entries, tornAt, badLine, isUnended }
}

/**
 * Whether the last line is a part of a line. After a power cut it can have NUL bytes, in which its line
 * feed and its beginning may be lost.
 */
function isTorn(lines) {
  const last = lines.at(-1)
  const text = last.replaceAll('\0', '')
  const isStart = !last.endsWith('\n') && LINE_START.startsWith(text.slice(0, LINE_START.length))
  return isStart || (last.includes('\0') && lines.length > 1)
}

/** Users may edit lines by hand, as for `found`. */
function isEntry({ event, content, terms, receipt }) {
  if (!EVENTS.includes(event) || typeof content !== 'string' || Object(terms) !== terms)
    return false
  if (receipt !== undefined) return typeof receipt?.cid === 'string'
  return event !== 'pinned' && !(event === 'found' && isUrl(content))
}

/** An editor may have left out the last line feed. What else is missing is no longer JSON. */
function parseEntry(line) {
  try {
    const entry = JSON.parse(line)
    return isEntry(entry) ? entry : undefined
  } catch {
    return undefined
  }
}
