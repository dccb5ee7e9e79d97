import { PRICE } from '../pkg/index.js'
import { day } from '../lib/date.js'

const { num, gas, days, asOf } = PRICE

/** Six decimals are exact for every price, and hide the errors of binary fractions: 3 × 0.025. */
const amount = (files, each) => `${Number((files * each).toFixed(6))} NUM`

const rate = (files) => `${amount(files, num)} every ${days} days + about ${amount(files, gas)} gas`

/** The price of Numbers with its conditions and date. */
export const PRICE_LIST = `${rate(1)}, for each file. No gas if you pay with Credits. Price of ${day(asOf)}.`

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
  if (charges === 'nothing') return `Free here. Numbers charges ${rate(files)}.`
  if (charges !== 'numbers' || !pin) return price(order)
  return `${rate(files)}. Price of ${day(asOf)}.`
}
