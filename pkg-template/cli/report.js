import { formatBytes, printable, toJson } from './format.js'
import { isUrl } from './url.js'

/**
 * A file or URL to pin, and its result.
 *
 * @typedef {object} Order
 * @property {string} source the operand
 * @property {object} terms the other parameters of the order: endpoint, version, pin
 * @property {string} [content] identifies the bytes in the journal: the CID computed here, or the URL
 * @property {string} [from] the CID that the content is moved from
 * @property {number} [size] of the content, in bytes
 * @property {import('./plan.js').Action} [action] what a run does with it
 * @property {string} [reason] why it cannot be ordered
 * @property {import('../index.js').Receipt} [receipt]
 * @property {'in the log' | 'found'} [origin] where the result is from, if not from an order of this run
 * @property {boolean} [isStarted] the order may have been sent
 * @property {Partial<import('../index.js').PinError> & { isExplained?: boolean }} [error] `isExplained` if its
 *   message says whether the order may have been charged, and what to do
 */

/** The label and the color of a receipt's `verified`. */
const VERIFIED = new Map([
  [true, ['verified', 'green']],
  [false, ['unverified', 'yellow']],
  [null, ['unchecked', 'yellow']],
])

/** Whether you were charged, for each `outcome` of an error. */
const OUTCOMES = {
  'not-sent': 'not sent, not charged',
  refused: 'rejected, not charged',
  unknown: 'it may have been pinned and charged',
  pinned: 'it was pinned and charged',
}

/** The same with `--no-pin`, which costs nothing. */
const UNPINNED = {
  ...OUTCOMES,
  unknown: 'not pinned, not charged',
  pinned: 'not pinned, not charged',
}

/**
 * A receipt as a row of the table, as JSON or as a bare CID.
 *
 * @param {Order} order
 * @param {import('./args.js').Options} options
 * @param {import('./terminal.js').Terminal} terminal
 */
export function row(order, { json, quiet }, terminal) {
  const { source, receipt } = order
  if (json) return toJson({ ...receipt, source })
  const { fileSize } = receipt
  const cid = printable(receipt.cid)
  if (quiet) return cid
  const size = typeof fileSize === 'number' ? formatBytes(fileSize) : ''
  const label = resultLabel(order, terminal)
  return `${label}  ${cid.padEnd(59)}  ${size.padStart(8)}  ${printable(source)}`
}

/** How the CID of a receipt is known, as the first column of a table. */
export function resultLabel({ receipt, origin }, terminal) {
  const [label, color] = origin ? [origin, 'dim'] : VERIFIED.get(receipt.verified)
  return terminal.colored(color, label.padEnd(10))
}

/**
 * What a run would do with an order, as a row of the table, as JSON or as a bare CID.
 *
 * @param {Order} order
 * @param {import('./args.js').Options} options
 * @param {import('./terminal.js').Terminal} terminal
 */
export function planRow({ source, content, size, action, reason }, { json, quiet }, terminal) {
  const cid = isUrl(source) ? undefined : content
  if (json) return toJson({ source, cid, size, action, reason })
  if (quiet) return cid ?? printable(source)
  const state = terminal.colored(action === 'order' ? 'green' : 'dim', action.padEnd(10))
  const bytes = size === undefined ? '' : formatBytes(size)
  const why = reason ? `: ${reason}` : ''
  return `${state}  ${(cid ?? '').padEnd(59)}  ${bytes.padStart(8)}  ${printable(source + why)}`
}

/**
 * The error of an order, whether you were charged, and the receipt that a complaint needs.
 *
 * @param {Order} order
 */
export function failure({ source, error, terms }) {
  const { message, outcome = 'not-sent', isExplained, receipt } = error
  const charged = terms.pin ? `${OUTCOMES[outcome]}${advice(error)}` : UNPINNED[outcome]
  const end = isExplained ? '' : `; ${charged}`
  const proof = receipt ? `; its receipt: ${toJson(receipt)}` : ''
  return `${source}: ${message}${end}${proof}`
}

function advice({ outcome, cid }) {
  if (outcome !== 'unknown') return ''
  const look = cid ? `, and run: numbers-pin locate ${cid}` : ''
  return `; see the orders of your account before you order it again${look}`
}

/**
 * The orders of an interrupted batch by outcome, line by line.
 *
 * @param {Order[]} orders
 * @returns {string[]}
 */
export function summary(orders) {
  const ordered = []
  const unknown = []
  const others = []
  for (const { source, receipt, error, isStarted } of orders)
    if (receipt || error?.outcome === 'pinned') ordered.push(source)
    else if (error?.outcome === 'unknown') unknown.push(`${source}${advice(error)}`)
    else if (isStarted && !error) unknown.push(source)
    else others.push(source)
  const groups = { ordered, 'may have been ordered': unknown, 'not ordered': others }
  return Object.entries(groups).flatMap(([name, sources]) => [
    `${name}: ${sources.length}`,
    ...sources.map((source) => `  ${source}`),
  ])
}
