import { basename } from 'node:path'
import { cidOf } from '../index.js'
import { readSource } from './source.js'
import { isUrl, normalizeUrl } from './url.js'

/**
 * Reads the operand of an order.
 *
 * @param {import('./report.js').Order} order
 * @param {AbortSignal} signal
 * @returns {Promise<import('../index.js').NamedSource>}
 */
export async function openOperand({ source: name }, signal) {
  if (isUrl(name)) return { source: normalizeUrl(name) }
  const source = await readSource(name, signal)
  return name === '-' ? { source } : { source, filename: basename(name) }
}

/** Reads the operand of an order, and sets what identifies it: the CID that is computed here, or the URL. */
export async function openIdentified(order, signal) {
  const named = await openOperand(order, signal)
  const { source } = named
  const { version } = order.terms
  order.content = isUrl(order.source) ? source : await cidOf(source, { version, signal })
  order.size = source.size
  return named
}
