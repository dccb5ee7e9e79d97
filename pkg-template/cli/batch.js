import { basename } from 'node:path'
import { cidOf, locate } from '../index.js'
import { isPaid, isUnknown } from './journal-entry.js'
import { failure, row } from './report.js'
import { readSource } from './source.js'
import { isUrl, normalizeUrl } from './url.js'

/** @typedef {import('./report.js').Order} Order */

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
   * @param {string[]} names
   * @param {{
   *   journal?: import('./journal.js').Journal, terms: object, options: import('./args.js').Options,
   *   terminal: import('./terminal.js').Terminal, bar: import('./progress-bar.js').ProgressBar,
   *   signal: AbortSignal
   * }} context
   */
  constructor(names, context) {
    this.orders = names.map((source) => ({ source }))
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
    const { bar } = this.#context
    try {
      const source = await this.#open(order.source)
      const known = await this.#findKnown(order, source)
      if (!known) return source
      this.#finish(order, known)
    } catch (error) {
      if (!this.signal.aborted) this.#finish(order, { error })
    }
    bar.skip(order.source)
    return undefined
  }

  /** @returns {Promise<import('../index.js').NamedSource>} */
  async #open(name) {
    if (isUrl(name)) return { source: normalizeUrl(name) }
    const source = await readSource(name, this.signal)
    return name === '-' ? { source } : { source, filename: basename(name) }
  }

  /** The result of an order that is not sent, because the journal says that it may be paid. */
  async #findKnown(order, { source }) {
    const { journal, terms, options, terminal } = this.#context
    if (!journal) return undefined
    order.content = isUrl(order.source)
      ? source
      : await cidOf(source, { version: terms.version, signal: this.signal })
    const last = journal.last({ content: order.content, terms })
    if (isPaid(last)) return { receipt: last.receipt, error: last.error, origin: 'in the log' }
    if (!isUnknown(last)) return undefined
    if (!options.again) return this.#lookUp(order, last)
    terminal.say(`${order.source}: may have been ordered on ${last.time}; it is ordered again`)
    return undefined
  }

  /** Asks the gateway for the content of an order without a receipt. */
  async #lookUp(order, { time }) {
    const { options, terminal } = this.#context
    const cid = isUrl(order.source) ? undefined : order.content
    const { gateway } = options
    const place = cid ? await locate(cid, { gateway, signal: this.signal }) : 'unknown'
    if (place === 'present') {
      const receipt = { cid }
      this.attempt(() => this.#record('found', order, { receipt }))
      terminal.say(`${order.source}: may have been ordered on ${time}; the gateway has it`)
      return { receipt, origin: 'found' }
    }
    const message =
      `may have been ordered on ${time}; it is not ordered again without --again, ` +
      (cid ? `as the gateway answers "${place}"` : 'as a URL cannot be looked up')
    return { error: { message, outcome: 'unknown', cid } }
  }

  #finish(order, result) {
    const { terminal, options, bar } = this.#context
    Object.assign(order, result)
    if (order.receipt && !order.error) terminal.print(row(order, options, terminal))
    else if (!this.signal.aborted) terminal.complain(failure(order))
    bar.complete()
  }

  #record(event, { source, content }, result) {
    const { journal, terms } = this.#context
    journal?.write(event, { source, content, terms }, result)
  }
}
