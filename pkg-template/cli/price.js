import { PRICE } from '../index.js'
import { toJson } from './format.js'

/** Sums of decimal fractions have tiny errors. */
const rounded = (num) => Number(num.toFixed(6))

/**
 * The price of orders in NUM.
 *
 * @param {number} count the orders of files that are kept pinned
 */
const priceOf = (count) => ({ num: rounded(count * PRICE.num), gas: rounded(count * PRICE.gas) })

/** The price of orders, as text or as JSON. */
export function priceRow(count, { json }) {
  const { days, asOf } = PRICE
  const price = { ...priceOf(count), days, asOf }
  return json ? toJson({ orders: count, price }) : describe(count, price)
}

const describe = (count, { num, gas, days, asOf }) =>
  `${count} ${count === 1 ? 'order' : 'orders'} to pay: ${num} NUM every ${days} days, and about ${gas} NUM ` +
  `of gas (no gas with Credits), price as of ${asOf}`

/**
 * Throws if orders cost more than `max` NUM for the first period, gas included.
 *
 * @param {number} count
 * @param {number} [max]
 */
export function checkPrice(count, max = Infinity) {
  const { num, gas } = priceOf(count)
  const total = rounded(num + gas)
  if (total > max)
    throw new Error(
      `${priceRow(count, {})}. That is ${total} NUM, more than --max-price ${max}: nothing was ordered`,
    )
}
