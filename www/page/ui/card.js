import { after } from '../lib/after.js'
import { copy, share } from './copy.js'
import { newRecord, receiptOf } from '../pins/record.js'
import { showFailure } from './failure.js'
import { lookFor, placeOrder } from '../pins/order.js'
import { showPicture } from './picture.js'
import { Preview } from './preview.js'
import { price } from '../pins/price.js'
import { enqueue, withdraw } from '../pins/queue.js'
import { Reading } from '../pins/reading.js'
import { showReceipt } from './receipt.js'
import { webAddress } from '../lib/web-address.js'
import { when } from '../lib/date.js'
import { roundedSize } from '../lib/size.js'
import { duplicateMessage, proofMessage } from './messages.js'

/** How long an order waits for the picture that is kept with it and may never be drawn, in ms. */
const PATIENCE = 1000

const template = document.querySelector('#card')

/** One file or address, on its way from being chosen to its receipt and into the history. */
export class Card {
  element = template.content.firstElementChild.cloneNode(true)
  /** Whether the person wants the same content twice. */
  insists = false
  /**
   * The settings by which it is to be ordered: those of the last press of Pin, until it is withdrawn.
   *
   * @type {ReturnType<typeof import('./settings.js').readSettings> | undefined}
   */
  wanted
  /** What is known of its bytes. */
  reading
  #source
  #page
  /** @type {0 | 1 | undefined} the version that it was last prepared for, of which its state tells */
  #version
  #job
  #controller
  #preview
  #pictured

  /**
   * @param {import('../pins/record.js').PinRecord} record
   * @param {object} page what it wants to know of
   * @param {() => void} page.changed the state is another
   * @param {(sentence: string) => void} page.ended there is a result
   * @param {(card: Card) => void} page.again the person wants to order again
   * @param {(card: Card) => void} page.removed the person wants the card gone
   * @param {File | string} [source] what is to be pinned; what was pinned before has none
   */
  constructor(record, page, source) {
    this.record = record
    this.#page = page
    this.#source = source
    this.reading = new Reading(source, (version, finding) => this.#learn(version, finding))
    this.#build()
    this.#pictured = showPicture(this.#find('.picture'), record, source)
    this.#showCid()
    if (record.state === 'waiting') this.#enter('waiting', 'Ready')
    else this.#showResult()
    this.#fold(!source && record.state === 'done')
  }

  get state() {
    return this.record.state
  }

  get cid() {
    return receiptOf(this.record)?.cid ?? this.record.cid
  }

  /** Whether what was ordered has ended, well or not. */
  get isOver() {
    return ['done', 'failed'].includes(this.state)
  }

  /** Finds out what can be known before paying. */
  prepare(version) {
    this.#version = version
    return this.reading.find(version)
  }

  /** Has what cannot be sent with CIDs of one version wait again once the other is chosen. */
  reconsider(version) {
    if (version !== this.#version) this.#enter('waiting', 'Ready')
  }

  /** @param {import('../pins/inspect.js').Finding} finding */
  #learn(version, { cid, reason, later }) {
    // What was ordered meanwhile stays as it was ordered.
    if (!['waiting', 'unfit'].includes(this.state)) return
    // What is found of the other version says nothing of the one that would be ordered now.
    const isShown = version === this.#version
    if (cid) {
      if (isShown) this.#enter('waiting', 'Ready')
      return
    }
    if (this.wanted && (isShown || version === this.wanted.version)) {
      this.#page.ended(`${this.record.name}: ${reason}`)
      // Once it can be sent after all, nobody may remember that Pin was pressed.
      this.wanted = undefined
    }
    if (!isShown) return
    this.#find('.note span').textContent = reason
    this.#enter('unfit', later ? 'Not read yet' : 'Cannot be sent')
  }

  /**
   * Says which CID it will have and what it will cost, or why it is held back.
   *
   * @param {{ version: 0 | 1, free: boolean, pin: boolean }} settings
   * @param {Card} [duplicate] the card of the same content or address
   */
  explain(settings, duplicate) {
    this.record.cid = this.reading.cidOf(settings.version)
    this.#showCid()
    this.element.classList.toggle('held', Boolean(duplicate))
    this.#find('.state').textContent = duplicate ? 'Held back' : 'Ready'
    this.#find('.insist').hidden = !duplicate
    this.#find('.note span').textContent = duplicate
      ? duplicateMessage(this.record, duplicate.record)
      : price(settings)
  }

  /** Has it wait for another order. What is unknown of the former one stays in the history. */
  renew() {
    this.record = { ...newRecord(this.#source), thumbnail: this.record.thumbnail }
    this.element.classList.remove('with-receipt')
    this.#find('.kind').textContent = this.#kind()
    this.#enter('waiting', 'Ready')
  }

  /**
   * Orders it, when its turn comes.
   *
   * @param {ReturnType<typeof import('./settings.js').readSettings>} settings
   */
  order({ token, endpoint, gateway, version, pin }) {
    Object.assign(this.record, {
      endpoint,
      gateway,
      version,
      pin,
      cid: this.reading.cidOf(version),
    })
    showReceipt(this.#find('.receipt'), this.record)
    this.#job = () => this.#send(token)
    this.#showProgress(0, 'Waits for its turn. Nothing of it was sent.')
    this.#enter('queued', 'In line')
    this.#showCid()
    enqueue(this.#job)
  }

  async #send(token) {
    this.#controller = new AbortController()
    const { signal } = this.#controller
    this.#showProgress(0, 'On the way.')
    this.#enter('sending', 'Sending')
    const onProgress = ({ phase, loaded, total }) => {
      if (phase === 'upload' && total)
        this.#showProgress(loaded / total, `${roundedSize(loaded)} of ${roundedSize(total)} sent.`)
      if (phase === 'processing') {
        this.#find('.state').textContent = 'Storing'
        this.#showProgress(undefined, 'All is sent. Waiting for the receipt.')
      }
    }
    await Promise.race([this.#pictured, after(PATIENCE)])
    const kept = await placeOrder(this.record, this.#source, token, { signal, onProgress })
    this.element.classList.toggle('unkept', !kept)
    this.#showResult()
    this.#tellResult()
  }

  /** @param {number} [share] between 0 and 1, or nothing where nobody knows */
  #showProgress(share, words) {
    const bar = this.#find('progress')
    if (share === undefined) bar.removeAttribute('value')
    else bar.value = share
    this.#find('.going p').textContent = words
  }

  #showResult() {
    const { record, element } = this
    const receipt = receiptOf(record)
    element.classList.toggle('with-receipt', record.state === 'failed' && Boolean(receipt))
    showReceipt(this.#find('.receipt'), record)
    this.#preview.of(record)
    this.#find('.share').hidden = !record.pin || !webAddress(receipt?.fileURL)
    this.#find('.kind').textContent = `${this.#kind()} · ${when(record.at)}`
    this.#showCid()
    if (record.state === 'failed')
      this.#enter('failed', showFailure(element, record, Boolean(this.#source)))
    else this.#enter('done', record.pin ? 'Pinned' : 'Not kept')
  }

  #tellResult() {
    const { name, state, receipt } = this.record
    const words = (selector) => this.#find(selector).textContent
    this.#page.ended(
      state === 'done'
        ? `${name}: done. ${proofMessage(receipt.verified)[0]}.`
        : `${name}: ${words('.what')} ${words('.money')} ${words('.next')}`,
    )
  }

  async #look() {
    const { record } = this
    this.#find('.look').setAttribute('aria-disabled', 'true')
    await lookFor(record)
    this.#find('.look').removeAttribute('aria-disabled')
    // Tried again meanwhile, it is another order.
    if (record !== this.record) return
    this.#showResult()
    // Deleted meanwhile, it is no news, but is shown as it was found should Undo bring it back.
    if (this.element.isConnected) this.#tellResult()
  }

  /**
   * Removes a card that waits, takes one out of the line, cancels one that is being sent. One whose order
   * has ended meanwhile, and is being kept, stays: it is deleted by another button.
   */
  #dismiss() {
    if (!this.cancel() && !this.isOver) this.#page.removed(this)
  }

  /** Withdraws it, and stops what was ordered. False if nothing was. */
  cancel() {
    this.wanted = undefined
    if (this.state === 'queued' && withdraw(this.#job)) this.#enter('waiting', 'Ready')
    else if (this.state === 'sending') this.#controller.abort()
    else return false
    return true
  }

  #share() {
    share(this.#find('.share'), this.record.name, webAddress(receiptOf(this.record).fileURL).href)
  }

  /** Whether a search means it. */
  matches(query) {
    const { name, cid, receipt } = this.record
    const text = [name, cid, receipt?.cid, receipt?.orderID, receipt?.fileURL].join('\n')
    return text.toLowerCase().includes(query.trim().toLowerCase())
  }

  focus() {
    this.#find('h3').focus()
  }

  #build() {
    const { name } = this.record
    const listen = (selector, act, label) => {
      const button = this.#find(selector)
      button.addEventListener('click', act)
      button.setAttribute('aria-label', `${label ?? button.textContent.trim()}: ${name}`)
    }
    this.#find('bdi').textContent = name
    this.#find('.kind').textContent = this.#kind()
    this.#preview = new Preview(this.#find('.fetch'), this.#find('.preview'))
    listen('.dismiss', () => this.#dismiss(), 'Remove')
    listen('.fold', () => this.#fold(!this.element.classList.contains('folded')), 'Details')
    listen('.again', () => this.#page.again(this))
    listen('.look', () => this.#find('.look').ariaDisabled || this.#look())
    listen('.share', () => this.#share())
    listen('.insist', () => this.#insist())
    listen('.delete', () => this.#page.removed(this))
    listen('.cid .copy', (event) => copy(event.currentTarget, this.cid, 'CID'), 'Copy CID')
  }

  #insist() {
    this.insists = true
    this.#find('h3').focus()
    this.#page.changed()
  }

  #fold(folded) {
    this.element.classList.toggle('folded', folded)
    this.#find('.fold').setAttribute('aria-expanded', String(!folded))
  }

  #kind() {
    return this.record.size === undefined ? 'Address' : roundedSize(this.record.size)
  }

  #showCid() {
    const cid = this.cid
    this.#find('.cid code').textContent = cid ?? this.#whyNoCid()
    this.#find('.cid').classList.toggle('to-come', !cid)
    this.#find('.cid .copy').hidden = !cid
  }

  #whyNoCid() {
    if (this.isOver) return 'Not known'
    return this.#source instanceof File ? 'Computing…' : 'Known when the service has fetched it'
  }

  #enter(state, word) {
    const focused = this.element.contains(document.activeElement) && document.activeElement
    const dismiss = this.#find('.dismiss')
    const action = ['queued', 'sending'].includes(state) ? 'Cancel' : 'Remove'
    this.record.state = this.element.dataset.state = state
    this.#find('.state').textContent = word
    dismiss.textContent = action
    dismiss.setAttribute('aria-label', `${action}: ${this.record.name}`)
    // A button that goes must not take the keyboard with it.
    if (focused && !focused.checkVisibility({ visibilityProperty: true })) this.focus()
    if (this.element.isConnected) this.#page.changed()
  }

  #find(selector) {
    return this.element.querySelector(selector)
  }
}
