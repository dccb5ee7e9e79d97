import { formatBytes, printable, toJson } from './format.js'
import { resultLabel } from './report.js'

/** @typedef {import('./report.js').Order & { finding: import('./move-order.js').Finding }} Order */

/**
 * What a run would do with a CID, as a row of the table, as JSON or as CSV.
 *
 * @param {Order} order
 * @param {import('./args.js').Options} options
 */
export function planRow({ source, content, size, finding, action, reason }, { json, csv, quiet }) {
  if (json) return toJson({ from: source, cid: content, size, finding, action, reason })
  if (csv) return [source, content, action].join()
  if (quiet) return content ?? source
  const bytes = size === undefined ? '' : formatBytes(size)
  const target = finding === 'new CID' ? `-> ${content}` : ''
  const state = [...new Set([finding, action])].filter((word) => word !== 'order').join(', ')
  const why = reason ? `(${reason})` : ''
  const parts = [state.padEnd(10), bytes.padStart(8), source, target, why]
  return printable(parts.filter(Boolean).join('  '))
}

/**
 * The old and the new CID of a file that has a receipt.
 *
 * @param {Order} order
 * @param {import('./args.js').Options} options
 * @param {import('./terminal.js').Terminal} terminal
 */
export function moveRow({ source, receipt, origin }, { json, csv, quiet }, terminal) {
  if (json) return toJson({ ...receipt, from: source })
  const cid = printable(receipt.cid)
  if (csv) return `${source},${cid}`
  if (quiet) return cid
  return `${resultLabel({ receipt, origin }, terminal)}  ${source}  ${cid}`
}
