import { size } from './format.js'
import { plain } from './terminal.js'

/** What the receipt's `verified` is called, and its colour. */
const STATES = new Map([
  [true, ['verified', 'green']],
  [false, ['unverified', 'yellow']],
  [null, ['unchecked', 'yellow']],
])

/** What became of the money. */
const FATES = {
  'not-sent': 'not ordered',
  refused: 'refused, nothing was ordered',
  unknown: 'it may have been pinned and charged',
  pinned: 'it was pinned and charged',
}

/**
 * A receipt as a line of the table, of JSON, or the bare CID.
 *
 * @param {import('./batch.js').Order} order
 */
export function row({ source, receipt, isOld }, { json, quiet }, terminal) {
  if (json) return JSON.stringify({ ...receipt, source })
  if (quiet) return receipt.cid
  const [word, color] = isOld ? ['in the log', 'dim'] : STATES.get(receipt.verified)
  const { cid, fileSize } = receipt
  const bytes = typeof fileSize === 'number' ? size(fileSize) : ''
  const state = terminal.colored(color, word.padEnd(10))
  return `${state}  ${cid.padEnd(59)}  ${bytes.padStart(8)}  ${plain(source)}`
}

/** What went wrong with an order, and what that means. */
export function failure({ source, error }) {
  const fate = FATES[error.outcome ?? 'not-sent']
  return `${source}: ${error.message}; ${fate}${advice(error)}`
}

const advice = ({ outcome, cid }) =>
  outcome === 'unknown' && cid ? `: look for it by numbers-pin locate ${cid}` : ''

/**
 * What was ordered when it was interrupted, what was not, and of what nobody knows.
 *
 * @param {import('./batch.js').Order[]} orders
 * @returns {string[]}
 */
export function fates(orders) {
  const groups = { ordered: [], unknown: [], 'not ordered': [] }
  for (const { source, receipt, error } of orders)
    if (receipt || error?.outcome === 'pinned') groups.ordered.push(source)
    else if (error?.outcome === 'unknown') groups.unknown.push(`${source}${advice(error)}`)
    else groups['not ordered'].push(source)
  return Object.entries(groups).flatMap(([name, sources]) => [
    `${name}: ${sources.length}`,
    ...sources.map((source) => `  ${source}`),
  ])
}
