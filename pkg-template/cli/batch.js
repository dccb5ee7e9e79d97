import { cidOf } from '../index.js'
import { isPaid, isUnknown } from './journal.js'
import { failure, row } from './report.js'
import { isUrl, openSource } from './source.js'

/** @typedef {import('./report.js').Order} Order */

/** The orders of one run: feeds `pinAll`, and journals and prints each result. */
export class Batch {
  /** @type {Order[]} */
  orders
  /** Aborts when no more orders may be sent. */
  signal
  /** The error that stopped the batch because the journal could not be written. */
  failure
  /** The orders whose source was handed out. `pinAll` counts these. */
  #started = []
  #context
  #journalLost = new AbortController()

  /**
   * @param {string[]} names
   * @param {{
   *   journal?: import('./journal.js').Journal, terms: object, options: import('./args.js').Options,
   *   terminal: import('./terminal.js').Terminal, bar: import('./progress-bar.js').ProgressBar,
   *   signal: AbortSignal
   * }} context
   */
  constructor(names, context) {
    this.orders = names.map((source) => ({ source }))
    this.signal = AbortSignal.any([context.signal, this.#journalLost.signal])
    this.#context = context
  }

  /** The sources for `pinAll`. An order is in the journal before its source is handed out. */
  async *sources() {
    for (const order of this.orders) {
      const source = await this.#prepare(order)
      if (this.signal.aborted) return
      if (!source) continue
      if (!this.#record('ordering', order)) return
      this.#started.push(order)
      yield source
    }
  }

  /**
   * Takes a result of `pinAll`. It is printed first, since writing the journal can fail.
   *
   * @param {number} index
   * @param {PromiseSettledResult<import('../index.js').Receipt>} result
   */
  end(index, { value: receipt, reason: error }) {
    const order = this.#started[index]
    this.#finish(order, { receipt, error })
    if (receipt) this.#record('pinned', order, { receipt })
    else this.#record('failed', order, { error: { ...error, message: error.message } })
  }

  /** Opens a source. Finishes the order instead if that fails or if the journal shows it as paid. */
  async #prepare(order) {
    const { bar } = this.#context
    try {
      const source = await openSource(order.source)
      const paid = await this.#findPaid(order, source)
      if (!paid) return source
      this.#finish(order, { receipt: paid.receipt, error: paid.error, isOld: true })
    } catch (error) {
      if (!this.signal.aborted) this.#finish(order, { error })
    }
    bar.skip(order.source)
    return undefined
  }

  /** Looks an order up in the journal, by its content and not by its name. */
  async #findPaid(order, { source }) {
    const { journal, terms, terminal } = this.#context
    if (!journal) return undefined
    order.content = isUrl(order.source)
      ? order.source
      : await cidOf(source, { version: terms.version, signal: this.signal })
    const last = journal.last({ content: order.content, terms })
    if (isPaid(last)) return last
    if (isUnknown(last))
      terminal.say(`${order.source}: may have been ordered on ${last.time}; it is ordered again`)
    return undefined
  }

  #finish(order, result) {
    const { terminal, options, bar } = this.#context
    Object.assign(order, result)
    if (order.receipt && !order.error) terminal.print(row(order, options, terminal))
    else if (!this.signal.aborted) terminal.complain(failure(order))
    bar.complete()
  }

  /** Writes to the journal; returns whether that succeeded. A failure stops the batch. */
  #record(event, { source, content }, result) {
    const { journal, terms } = this.#context
    try {
      journal?.write(event, { source, content, terms }, result)
      return true
    } catch (error) {
      this.failure ??= error
      this.#journalLost.abort()
      return false
    }
  }
}
