import { inBytes } from './size.js'

const PROOFS = new Map([
  [true, 'Proven here from the bytes'],
  [false, 'Not proven, no method matches'],
])

/**
 * Fills in a receipt.
 *
 * @param {HTMLElement} list with a row for each field
 * @param {import('numbers-pin').Receipt} receipt or what an error has of one, which says no proof
 * @param {boolean} kept whether the content was to be kept, without which there is nothing to open
 */
export function showReceipt(list, receipt, kept) {
  const { cid, fileURL, orderID, fileSize, cid_version, verified } = receipt
  const field = (name) => list.querySelector(`.${name} dd`)
  field('cid').textContent = cid
  field('proof').parentElement.hidden = verified === undefined
  field('proof').textContent = PROOFS.get(verified) ?? 'Not checked'
  field('content').replaceChildren(kept ? content(fileURL) : 'Not kept')
  field('order').textContent = orderID ?? 'No number'
  field('size').textContent = typeof fileSize === 'number' ? inBytes(fileSize) : 'Not stated'
  field('version').textContent = cid_version ?? 'Not stated'
}

/** A link to the content. Only a web address becomes one: the text was written by a service. */
function content(fileURL) {
  if (!fileURL) return 'Not stated'
  const url = URL.canParse(fileURL) ? new URL(fileURL) : undefined
  if (!/^https?:$/.test(url?.protocol)) return `${fileURL} (no web address)`
  const link = document.createElement('a')
  link.href = url.href
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  link.textContent = `Open on ${url.host}`
  return link
}
