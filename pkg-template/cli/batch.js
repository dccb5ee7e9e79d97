import { isPaid, isUnknown, receiptOf } from './journal-entry.js'
import { failure } from './report.js'
import { isUrl } from './url.js'

/** @typedef {import('./report.js').Order} Order */

const WHY_NOT_LOOKED_UP = {
  URL: 'a URL cannot be looked up',
  moved: 'gateways have a moved file whether it was pinned or not',
}

/** The orders of one run: feeds `pinAll`, and journals and prints each result. */
export class Batch {
  /** @type {Order[]} */
  orders
  /** Aborts when no more orders may be sent. */
  signal
  /** The first error of the batch itself, such as a journal that cannot be written. It stops the batch. */
  failure
  /** The orders whose source was handed out. `pinAll` counts these. */
  #started = []
  #context
  #failed = new AbortController()

  /**
   * @param {Order[]} orders
   * @param {object} context
   * @param {(order: Order) => Promise<import('../index.js').NamedSource>} context.open reads the source of
   *   an order; with a journal it also sets its `content`
   * @param {(order: Order) => string} context.row what is printed for a receipt
   * @param {(cid: string) => Promise<string>} [context.locate] asks the gateway, where that shows a pin
   * @param {import('./journal.js').Journal} [context.journal]
   * @param {boolean} context.again
   * @param {import('./terminal.js').Terminal} context.terminal
   * @param {import('./progress-bar.js').ProgressBar} context.bar
   * @param {AbortSignal} context.signal
   */
  constructor(orders, context) {
    this.orders = orders
    this.signal = AbortSignal.any([context.signal, this.#failed.signal])
    this.#context = context
  }

  /** The sources for `pinAll`. An order is in the journal before its source is handed out. */
  async *sources() {
    for (const order of this.orders) {
      const source = await this.#prepare(order)
      if (this.signal.aborted) return
      if (!source) continue
      if (!this.attempt(() => this.#record('ordering', order))) return
      this.#started.push(order)
      order.isStarted = true
      yield source
    }
  }

  /**
   * Takes a result of `pinAll`. It is journaled first: printing waits as long as the terminal is paused.
   * It is printed even if the journal cannot be written.
   *
   * @param {number} index
   * @param {PromiseSettledResult<import('../index.js').Receipt>} result
   */
  end(index, { value: receipt, reason: error }) {
    const order = this.#started[index]
    // The sources threw: the error is not that of an order.
    if (!order) throw error
    this.attempt(() =>
      receipt
        ? this.#record('pinned', order, { receipt })
        : this.#record('failed', order, { error: { ...error, message: error.message } }),
    )
    this.#finish(order, { receipt, error })
  }

  /** Returns whether an action succeeded. If it throws, the batch has failed and stops. */
  attempt(action) {
    try {
      action()
      return true
    } catch (error) {
      this.fail(error)
      return false
    }
  }

  /** Stops the batch because of an error that is not that of an order. */
  fail(error) {
    this.failure ??= error
    this.#failed.abort()
  }

  /** Reads a source. Finishes the order instead if that fails, or if it may be paid already. */
  async #prepare(order) {
    const { bar, open } = this.#context
    try {
      const source = order.content === undefined ? await open(order) : undefined
      const known = await this.#findKnown(order)
      if (!known) return source ?? (await open(order))
      this.#finish(order, known)
    } catch (error) {
      if (!this.signal.aborted) this.#finish(order, { error })
    }
    bar.skip(order.source)
    return undefined
  }

  /** The result of an order that is not sent, because the journal says that it may be paid. */
  async #findKnown(order) {
    const { journal, again, terminal } = this.#context
    const last = journal?.last(order)
    if (isPaid(last)) return { receipt: receiptOf(last), error: last.error, origin: 'in the log' }
    if (!isUnknown(last)) return undefined
    if (!again) return this.#lookUp(order, last)
    terminal.say(`${order.source}: may have been ordered on ${last.time}; it is ordered again`)
    return undefined
  }

  /** Asks the gateway for the content of an order without a receipt. It proves nothing of a moved file. */
  async #lookUp(order, { time, from }) {
    const { locate, terminal } = this.#context
    const cid = isUrl(order.content) ? undefined : order.content
    const presence = cid && !from && (await locate?.(cid))
    if (presence === 'present') {
      const receipt = { cid }
      this.attempt(() => this.#record('found', order, { receipt }))
      terminal.say(
        `${order.source}: may have been ordered on ${time}; the gateway has it, so it is not ordered again`,
      )
      return { receipt, origin: 'found' }
    }
    const found = presence
      ? `the gateway reports "${presence}"`
      : WHY_NOT_LOOKED_UP[cid ? 'moved' : 'URL']
    const message =
      `may have been ordered on ${time}; ${found}. ` +
      'See the orders of your account; if it is not there, use --again'
    return { error: { message, outcome: 'unknown', isExplained: true } }
  }

  #finish(order, result) {
    const { terminal, row, bar } = this.#context
    Object.assign(order, result)
    if (order.receipt && !order.error) terminal.print(row(order))
    else if (!this.signal.aborted) terminal.complain(failure(order))
    bar.complete()
  }

  #record(event, { source, content, from, terms }, result) {
    this.#context.journal?.write(event, { source, content, from, terms }, result)
  }
}
