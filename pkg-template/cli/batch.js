import { cidOf } from '../index.js'
import { isDoubtful, isSettled } from './journal.js'
import { failure, row } from './report.js'
import { isUrl, open } from './source.js'

/**
 * What is to be pinned, and what became of it.
 *
 * @typedef {object} Order
 * @property {string} source as it was named
 * @property {string} [content] for the log: the CID that was computed here, or the URL
 * @property {import('../index.js').Receipt} [receipt]
 * @property {boolean} [isOld] the receipt was in the log
 * @property {Partial<import('../index.js').PinError>} [error]
 */

/** The orders of one call. */
export class Batch {
  /** @type {Order[]} */
  orders
  /** Fires when nothing more may be ordered. */
  signal
  /** Why the log could not be written, which ends the batch. */
  failure
  #given = []
  #context
  #lost = new AbortController()

  /**
   * @param {string[]} names
   * @param {{
   *   log?: import('./journal.js').Log, terms: object, bar: import('./progress-bar.js').Bar,
   *   terminal: import('./terminal.js').Terminal, options: object, signal: AbortSignal
   * }} context
   */
  constructor(names, context) {
    this.orders = names.map((source) => ({ source }))
    this.signal = AbortSignal.any([context.signal, this.#lost.signal])
    this.#context = context
  }

  /** The sources, each when there is room for its order: it is in the log by then. */
  async *sources() {
    for (const order of this.orders) {
      const source = await this.#open(order)
      if (this.signal.aborted) return
      if (!source) continue
      if (!this.#note('ordering', order)) return
      this.#given.push(order)
      yield source
    }
  }

  /** The order of a source has ended. The result is said before anything else can fail. */
  end(index, { value: receipt, reason: error }) {
    const order = this.#given[index]
    this.#settle(order, { receipt, error })
    if (receipt) this.#note('pinned', order, { receipt })
    else this.#note('failed', order, { error: { ...error, message: error.message } })
  }

  /** Opens a source, unless it fails or was bought before. */
  async #open(order) {
    const { log, terms, terminal, bar } = this.#context
    try {
      const named = await open(order.source)
      if (!log) return named
      const { version } = terms
      order.content = isUrl(order.source)
        ? order.source
        : await cidOf(named.source, { version, signal: this.signal })
      const last = log.last({ content: order.content, terms })
      if (!isSettled(last)) {
        if (isDoubtful(last))
          terminal.say(
            `${order.source}: may have been ordered on ${last.time}; it is ordered again`,
          )
        return named
      }
      const { receipt, error } = last
      this.#settle(order, { receipt, error, isOld: true })
    } catch (error) {
      if (!this.signal.aborted) this.#settle(order, { error })
    }
    bar.leave(order.source)
    return undefined
  }

  #settle(order, end) {
    const { terminal, options, bar } = this.#context
    Object.assign(order, end)
    if (order.receipt && !order.error) terminal.print(row(order, options, terminal))
    else if (!this.signal.aborted) terminal.complain(failure(order))
    bar.end()
  }

  #note(event, order, more) {
    const { log, terms } = this.#context
    try {
      log?.write(event, { source: order.source, content: order.content, terms }, more)
      return true
    } catch (error) {
      this.failure ??= error
      this.#lost.abort()
      return false
    }
  }
}
