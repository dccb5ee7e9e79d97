import { PRICE } from '../pkg/index.js'
import { day } from '../lib/date.js'

const { num, gas, days, asOf } = PRICE

/** Six decimals are exact for every price, and hide the errors of binary fractions: 3 × 0.025. */
const amount = (files, each) => `${Number((files * each).toFixed(6))} NUM`

const rate = (files, every = 'Every') =>
  `${every} ${days} days: ${amount(files, num)} + about ${amount(files, gas)} gas`

const DATE = `Price on ${day(asOf)}.`

/** What Numbers charges for a file, and how the payments go on and end. */
export const PRICE_LIST = `${rate(1)} for each file (no gas with Credits). ${DATE} Payments repeat automatically. If one fails, you have 10 days to add funds before the file can be unpinned. This page cannot unpin files.`

/**
 * Whether an order can cost money.
 *
 * @param {{ charges?: import('./services.js').Charges, pin: boolean }} order
 */
export const mayCost = ({ charges, pin }) => pin && charges !== 'nothing'

/**
 * The price of one file as text.
 *
 * @param {{ charges?: import('./services.js').Charges, pin: boolean }} order
 */
export function price({ charges, pin }) {
  if (charges === 'nothing') return 'Free. This service is for tests.'
  if (charges !== 'numbers') return 'This page does not know the price of this service.'
  return pin ? `${rate(1)}.` : 'Free, because the file is not pinned.'
}

/** The price of several files as text, with its date. */
export function totalPrice(files, order) {
  const { charges, pin } = order
  if (charges === 'nothing') return `Free here. At Numbers, ${rate(files, 'every')}.`
  if (charges !== 'numbers' || !pin) return price(order)
  return `${rate(files)}. ${DATE}`
}
