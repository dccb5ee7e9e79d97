import { isPaid, isUnknown, keyOf } from './journal-entry.js'

/**
 * What a run would do with an order: send it, or the reason why not. `duplicate`: another order of the run has
 * the same content. `unknown`: it may have been charged before.
 *
 * @typedef {'order' | 'in the log' | 'duplicate' | 'unknown' | 'too large' | 'unreadable'} Action
 */

/** The actions after which an order has a receipt, unless the journal says that it was charged and failed. */
const GOOD = ['order', 'in the log', 'duplicate']

/** Decides what a run does with each order, from what is in the journal and in the run. */
export class Plan {
  #journal
  #again
  #seen = new Set()

  /**
   * @param {import('./journal.js').Journal} [journal]
   * @param {boolean} [again] whether orders that may have been charged are sent again
   */
  constructor(journal, again = false) {
    this.#journal = journal
    this.#again = again
  }

  /**
   * The action for an order whose content is known.
   *
   * @param {import('./report.js').Order} order
   * @returns {Action}
   */
  add(order) {
    const last = this.#journal?.last(order)
    if (isPaid(last)) {
      order.reason = last.error?.message
      return 'in the log'
    }
    if (isUnknown(last) && !this.#again) return 'unknown'
    const key = keyOf(order)
    if (this.#seen.has(key)) return 'duplicate'
    this.#seen.add(key)
    return 'order'
  }
}

/** Whether all orders have, or would have, a receipt. */
export const isGood = (orders) =>
  orders.every(({ action, reason }) => GOOD.includes(action) && !reason)

/** The number of orders that are sent and paid for. The API charges only for files that are kept pinned. */
export const countPaid = (orders) =>
  orders.filter(({ action, terms }) => action === 'order' && terms.pin).length
