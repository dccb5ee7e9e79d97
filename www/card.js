import { pin } from './pkg/index.js'
import { enqueue, withdraw } from './queue.js'
import { showReceipt } from './receipt.js'
import { roughly } from './size.js'
import { inWords } from './words.js'

const template = document.querySelector('#card')

const STATES = {
  waiting: 'Waiting',
  queued: 'Queued',
  sending: 'Sending',
  done: 'Done',
}

/** One file or address, on its way from being chosen to its receipt. */
export class Card {
  element = template.content.firstElementChild.cloneNode(true)
  #source
  #page
  #job
  #controller

  /**
   * @param {File | string} source a file, or an address that the service fetches
   * @param {object} page what it wants to know of
   * @param {() => void} page.changed the state is another
   * @param {(sentence: string) => void} page.ended there is a result
   * @param {(card: Card) => void} page.again the person wants to order again
   * @param {(card: Card) => void} page.removed the person wants the card gone
   */
  constructor(source, page) {
    this.#source = source
    this.#page = page
    const isFile = source instanceof File
    this.#find('use').setAttribute('href', isFile ? '#file' : '#link')
    this.#find('bdi').textContent = this.name
    this.#find('.kind').textContent = isFile ? roughly(source.size) : 'Address'
    this.#find('.again').setAttribute('aria-label', `Try again: ${this.name}`)
    this.#find('.remove').setAttribute('aria-label', `Remove ${this.name}`)
    this.#find('.dismiss').addEventListener('click', () => this.#dismiss())
    this.#find('.again').addEventListener('click', () => page.again(this))
    this.#find('.remove').addEventListener('click', () => page.removed(this))
    this.#enter('waiting')
  }

  get name() {
    return this.#source instanceof File ? this.#source.name : this.#source
  }

  /** @returns {'waiting' | 'queued' | 'sending' | 'done' | 'failed'} */
  get state() {
    return this.element.dataset.state
  }

  /**
   * Orders it, when its turn comes.
   *
   * @param {ReturnType<typeof import('./settings.js').readSettings>} settings
   */
  order(settings) {
    this.#job = () => this.#send(settings)
    this.#enter('queued')
    this.#find('.going p').textContent = 'Nothing was sent yet.'
    enqueue(this.#job)
  }

  async #send(settings) {
    this.#controller = new AbortController()
    this.#enter('sending')
    this.#find('.going p').textContent =
      `On the way to ${new URL(settings.endpoint).host}. Cancelled now, it may be charged all the same.`
    await pin(this.#source, { ...settings, signal: this.#controller.signal }).then(
      (receipt) => this.#succeed(receipt, settings.pin),
      (error) => this.#fail(error, settings.pin),
    )
  }

  #succeed(receipt, kept) {
    showReceipt(this.#find('.receipt'), receipt, kept)
    this.#enter('done')
    this.#page.ended(`${this.name}: done. ${this.#find('.proof dd').textContent}.`)
  }

  #fail(error, kept) {
    const { state, what, money, next, again } = inWords(error)
    this.#find('.what').textContent = what
    this.#find('.money').textContent = money
    this.#find('.next').textContent = next
    this.#find('details p').textContent = error.message
    this.#find('.failure .row').hidden = !again
    if (error.receipt) showReceipt(this.#find('.receipt'), error.receipt, kept)
    this.element.classList.toggle('with-receipt', Boolean(error.receipt))
    this.element.classList.toggle('unclear', error.outcome === 'unknown')
    this.#enter('failed', state)
    this.#page.ended(`${this.name}: ${what} ${money} ${next}`)
  }

  /** Removes a card that waits, takes one out of the line, cancels one that is being sent. */
  #dismiss() {
    if (this.state === 'waiting') this.#page.removed(this)
    else if (withdraw(this.#job)) this.#enter('waiting')
    else this.#controller.abort()
  }

  #enter(state, word = STATES[state]) {
    const focused = this.element.contains(document.activeElement) && document.activeElement
    const dismiss = this.#find('.dismiss')
    this.element.dataset.state = state
    this.#find('.state').textContent = word
    dismiss.textContent = state === 'waiting' ? 'Remove' : 'Cancel'
    dismiss.setAttribute('aria-label', `${dismiss.textContent} ${this.name}`)
    // A button that goes must not take the keyboard with it.
    if (focused && !focused.checkVisibility({ visibilityProperty: true })) this.#find('h3').focus()
    this.#page.changed()
  }

  #find(selector) {
    return this.element.querySelector(selector)
  }
}
