import { isPaid, keyOf, keysOf } from './journal-entry.js'

/** @typedef {import('./journal-entry.js').Entry} Entry */

/** What a journal says of each order. */
export class JournalEntries {
  /** The entry that counts for each key. */
  #last = new Map()
  /** The number of `ordering` entries of each key that have no result. */
  #inFlight = new Map()

  /** @param {Entry[]} entries the oldest first */
  constructor(entries) {
    for (const entry of entries) this.add(entry)
  }

  /**
   * The entry that counts for an order: a payment, else an unknown outcome, else the latest one.
   *
   * @param {Pick<Entry, 'content' | 'terms'>} order its content may also be the CID that it was moved from
   * @returns {Entry | undefined}
   */
  last(order) {
    return this.#last.get(keyOf(order))
  }

  /** Adds the next entry. */
  add(entry) {
    for (const key of keysOf(entry)) this.#addAs(key, entry)
  }

  /** A payment or an unknown outcome outlasts a later failure. */
  #addAs(key, entry) {
    const inFlight = (this.#inFlight.get(key) ?? 0) + (entry.event === 'ordering' ? 1 : -1)
    this.#inFlight.set(key, inFlight)
    const last = this.#last.get(key)
    const isLost = last?.event === 'ordering' && inFlight > 0
    const stays = isPaid(last) || isLost || last?.error?.outcome === 'unknown'
    if (!stays || isPaid(entry)) this.#last.set(key, entry)
  }
}
