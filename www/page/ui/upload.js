import { after } from '../lib/after.js'
import { roundedSize } from '../lib/size.js'
import { placeOrder, release, reserve } from '../pins/order.js'
import { mayCost } from '../pins/price.js'
import { enqueue, withdraw } from '../pins/queue.js'

/** The longest that an order waits for its thumbnail, in ms. */
const THUMBNAIL_TIMEOUT = 1000

/** The order of a card while it is queued and sent. */
export class Upload {
  #view
  #enter
  #job
  /** Takes the reservation of a queued order back. */
  #release
  #controller

  /**
   * @param {import('./card-view.js').CardView} view shows the progress
   * @param {(state: string, word: string) => void} enter called with each new state
   */
  constructor(view, enter) {
    this.#view = view
    this.#enter = enter
  }

  /**
   * Queues an order.
   *
   * @param {import('../pins/record.js').PinRecord} record gets the result
   * @param {File | string} source
   * @param {string} token
   * @param {Promise<void>} pictured settles when the record has its thumbnail
   * @returns {Promise<boolean>} whether the record could be stored; stays pending if the order is withdrawn
   */
  queue(record, source, token, pictured) {
    return new Promise((ended) => {
      const reserved = reserve(record)
      this.#release = () => reserved.then(() => release(record))
      this.#job = async () => {
        ended(await this.#send(record, source, token, pictured, reserved))
      }
      this.#view.showProgress(0, 'Waiting for other files. Not sent yet.')
      this.#enter('queued', 'Queued')
      enqueue(this.#job)
    })
  }

  async #send(record, source, token, pictured, reserved) {
    this.#controller = new AbortController()
    const { signal } = this.#controller
    record.at = Date.now()
    this.#view.showProgress(0, 'Starting the upload.')
    this.#enter('sending', 'Sending')
    await Promise.race([pictured, after(THUMBNAIL_TIMEOUT)])
    // Its record has its key then.
    await reserved
    const onProgress = (progress) => this.#show(progress, mayCost(record))
    const kept = await placeOrder(record, source, token, { signal, onProgress })
    this.#controller = undefined
    return kept
  }

  /** @param {import('numbers-pin').Progress} progress @param {boolean} costs whether it can cost money */
  #show({ phase, loaded, total }, costs) {
    if (phase === 'upload' && total) {
      const text = `${roundedSize(loaded)} of ${roundedSize(total)} sent.`
      this.#view.showProgress(loaded / total, text)
    }
    if (phase !== 'processing') return
    this.#view.say('.state', 'Storing')
    const warning = costs ? ' If you cancel now, you may still be charged.' : ''
    this.#view.showProgress(undefined, `Uploaded. Waiting for the receipt.${warning}`)
  }

  /** Withdraws a queued order, or aborts a sent one. False if there is none. */
  cancel() {
    if (withdraw(this.#job)) {
      this.#release()
      this.#enter('waiting', 'Ready')
    } else if (this.#controller) this.#controller.abort()
    else return false
    return true
  }
}
