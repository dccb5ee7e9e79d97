import { isLoopback, webAddress } from '../lib/web-address.js'
import { isFree, receiptOf } from '../pins/record.js'
import { share } from './copy.js'
import { showFailure } from './failure.js'
import { Preview } from './preview.js'
import { proofMessage, proofState } from './proof.js'
import { showReceipt } from './receipt.js'

/** The result of an order on a card: its receipt, or what went wrong. */
export class Result {
  #view
  #record
  #preview

  /** @param {import('./card-view.js').CardView} view */
  constructor(view) {
    this.#view = view
    this.#preview = new Preview(view.find('.fetch'), view.find('.preview'))
    view.onClick('.share', () => this.#share())
  }

  /**
   * Shows the result in a record.
   *
   * @param {import('../pins/record.js').PinRecord} record
   * @param {boolean} here whether the content is still available to retry
   * @returns {string} the word for its state
   */
  show(record, here) {
    this.#record = record
    const view = this.#view
    const receipt = receiptOf(record)
    const failed = record.state === 'failed'
    view.element.classList.toggle('with-receipt', failed && Boolean(receipt))
    showReceipt(view.find('.receipt'), record)
    this.#preview.of(record)
    const link = webAddress(receipt?.fileURL)
    view.find('.share').hidden = !record.pin || !link || isLoopback(link)
    view.name('.delete', failed && isFree(record.error) ? 'Remove' : 'Delete entry')
    const unclear = failed ? record.error.outcome === 'unknown' : receipt.verified === false
    view.element.classList.toggle('unclear', unclear)
    if (failed) return showFailure(view.element, record, here)
    return record.pin ? proofState(receipt.verified) : 'Not pinned'
  }

  /** The result as a sentence. */
  get sentence() {
    const { name, state, receipt } = this.#record
    const text = (selector) => this.#view.find(selector).textContent
    return state === 'done'
      ? `${name}: done. ${proofMessage(receipt.verified)[0]}.`
      : `${name}: ${text('.what')} ${text('.money')} ${text('.next')}`
  }

  #share() {
    const { href } = webAddress(receiptOf(this.#record).fileURL)
    share(this.#view.find('.share'), this.#record.name, href)
  }
}
