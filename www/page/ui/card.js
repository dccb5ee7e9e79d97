import { after } from '../lib/after.js'
import { when } from '../lib/date.js'
import { roundedSize } from '../lib/size.js'
import { webAddress } from '../lib/web-address.js'
import { lookFor, placeOrder } from '../pins/order.js'
import { price } from '../pins/price.js'
import { enqueue, withdraw } from '../pins/queue.js'
import { Reading } from '../pins/reading.js'
import { newRecord, receiptOf } from '../pins/record.js'
import { copy, share } from './copy.js'
import { showFailure } from './failure.js'
import { duplicateMessage, proofMessage } from './messages.js'
import { showPicture } from './picture.js'
import { Preview } from './preview.js'
import { showReceipt } from './receipt.js'

/** The longest that an order waits for its thumbnail, in ms. */
const THUMBNAIL_TIMEOUT = 1000

const template = document.querySelector('#card')

/** One file or URL, from being chosen to its receipt in the history. */
export class Card {
  element = template.content.firstElementChild.cloneNode(true)
  /** Whether the user wants to pin the same content twice. */
  insists = false
  /**
   * The settings of the last press of Pin, until the order is cancelled.
   *
   * @type {ReturnType<typeof import('./settings.js').readSettings> | undefined}
   */
  wanted
  reading
  #source
  #page
  /** @type {0 | 1 | undefined} the version it was last prepared for, which `state` refers to */
  #version
  #job
  #controller
  #preview
  #pictured

  /**
   * @param {import('../pins/record.js').PinRecord} record
   * @param {object} page its callbacks
   * @param {() => void} page.changed the state has changed
   * @param {(sentence: string) => void} page.ended there is a result, as a sentence
   * @param {(card: Card) => void} page.again the user retries
   * @param {(card: Card) => void} page.removed the user removes the card
   * @param {File | string} [source] what to pin; not set for a card of the history
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

  /** Whether its order has ended, in success or failure. */
  get isOver() {
    return ['done', 'failed'].includes(this.state)
  }

  /** Computes the CID in a version, or finds out why it cannot be sent. */
  prepare(version) {
    this.#version = version
    return this.reading.find(version)
  }

  /** Makes a card that cannot be sent wait again once the other version is chosen. */
  reconsider(version) {
    if (version !== this.#version) this.#enter('waiting', 'Ready')
  }

  /** @param {import('../pins/inspect.js').Finding} finding */
  #learn(version, { cid, reason, later }) {
    // It was ordered in the meantime.
    if (!['waiting', 'unfit'].includes(this.state)) return
    // The result for another version is not shown.
    const isShown = version === this.#version
    if (cid) {
      if (isShown) this.#enter('waiting', 'Ready')
      return
    }
    if (this.wanted && (isShown || version === this.wanted.version)) {
      this.#page.ended(`${this.record.name}: ${reason}`)
      // It must not be ordered by this press if it becomes readable later.
      this.wanted = undefined
    }
    if (!isShown) return
    this.#find('.note span').textContent = reason
    this.#enter('unfit', later ? 'Not read yet' : 'Cannot be sent')
  }

  /**
   * Shows its CID and price, or why it is held back.
   *
   * @param {{ version: 0 | 1, free: boolean, pin: boolean }} settings
   * @param {Card} [duplicate] the card with the same content or URL
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

  /** Makes it wait for a new order. The former record stays in the history if its outcome is unknown. */
  renew() {
    this.record = { ...newRecord(this.#source), thumbnail: this.record.thumbnail }
    this.element.classList.remove('with-receipt')
    this.#find('.kind').textContent = this.#kind()
    this.#enter('waiting', 'Ready')
  }

  /**
   * Queues its order.
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
    await Promise.race([this.#pictured, after(THUMBNAIL_TIMEOUT)])
    const kept = await placeOrder(this.record, this.#source, token, { signal, onProgress })
    this.element.classList.toggle('unkept', !kept)
    this.#showResult()
    this.#announceResult()
  }

  /** @param {number} [share] between 0 and 1; not set if it is not known */
  #showProgress(share, text) {
    const bar = this.#find('progress')
    if (share === undefined) bar.removeAttribute('value')
    else bar.value = share
    this.#find('.going p').textContent = text
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

  #announceResult() {
    const { name, state, receipt } = this.record
    const text = (selector) => this.#find(selector).textContent
    this.#page.ended(
      state === 'done'
        ? `${name}: done. ${proofMessage(receipt.verified)[0]}.`
        : `${name}: ${text('.what')} ${text('.money')} ${text('.next')}`,
    )
  }

  async #look() {
    const { record } = this
    this.#find('.look').setAttribute('aria-disabled', 'true')
    await lookFor(record)
    this.#find('.look').removeAttribute('aria-disabled')
    // It was retried in the meantime.
    if (record !== this.record) return
    this.#showResult()
    // Not announced if it was deleted in the meantime; shown in case Undo restores it.
    if (this.element.isConnected) this.#announceResult()
  }

  /**
   * Removes a waiting card, or cancels a queued or sent order. A card whose order ended in the meantime
   * stays: another button deletes it.
   */
  #dismiss() {
    if (!this.cancel() && !this.isOver) this.#page.removed(this)
  }

  /** Cancels its order. False if there is none. */
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

  /** Whether it matches a search. */
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
    // A focused button that is hidden would lose the keyboard focus.
    if (focused && !focused.checkVisibility({ visibilityProperty: true })) this.focus()
    if (this.element.isConnected) this.#page.changed()
  }

  #find(selector) {
    return this.element.querySelector(selector)
  }
}
