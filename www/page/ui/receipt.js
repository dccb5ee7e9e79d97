import { exactSize } from '../lib/size.js'
import { webAddress } from '../lib/web-address.js'
import { price } from '../pins/price.js'
import { receiptOf } from '../pins/record.js'
import { copy } from './copy.js'
import { showProof } from './proof.js'

/** The rows whose values can be copied, and their names. */
const FIELDS = { content: 'Link', order: 'Order ID', bytes: 'Size' }
const NOT_YET = '–'

const template = document.querySelector('#receipt-row')

/**
 * Fills in the fields of a receipt, or dashes while there is none. The price is shown from the start.
 *
 * @param {HTMLElement} list with a row for each field
 * @param {import('../pins/record.js').PinRecord} record
 */
export function showReceipt(list, record) {
  const { name, pin } = record
  const receipt = receiptOf(record)
  list.classList.toggle('to-come', !receipt)
  const { fileURL, orderID, fileSize, verified } = receipt ?? {}
  const show = (field, value, text = value) => {
    const row = list.querySelector(`.${field}`) ?? addRow(list, field)
    row.querySelector('.value').replaceChildren(receipt ? (value ?? 'Not stated') : NOT_YET)
    const button = row.querySelector('.copy')
    button.hidden = !receipt || text === undefined || text === null
    button.setAttribute('aria-label', `Copy ${FIELDS[field]}, ${name}`)
    button.onclick = () => copy(button, String(text), FIELDS[field])
  }
  const link = webAddress(fileURL)
  if (pin) show('content', link ? linkTo(link) : asText(fileURL), link?.href ?? asText(fileURL))
  else show('content', 'Not pinned', null)
  show('order', asText(orderID))
  const size = typeof fileSize === 'number'
  show('bytes', size ? exactSize(fileSize) : undefined, size ? fileSize : undefined)
  showProof(list.querySelector('.proof'), verified, Boolean(receipt))
  list.querySelector('.price dd').textContent = price(record)
}

function addRow(list, field) {
  const row = template.content.firstElementChild.cloneNode(true)
  row.className = field
  row.querySelector('dt').textContent = FIELDS[field]
  list.querySelector('.proof').before(row)
  return row
}

/** A field of a receipt as text. The service may have sent any type. */
function asText(value) {
  return value === undefined || value === null || value === '' ? undefined : String(value)
}

function linkTo({ href, host }) {
  const link = document.createElement('a')
  Object.assign(link, { href, target: '_blank', rel: 'noopener noreferrer' })
  link.textContent = `Open on ${host}`
  return link
}
