import { when } from '../lib/date.js'
import { roundedSize } from '../lib/size.js'
import { isSameAddress } from '../lib/web-address.js'
import { lookFor } from '../pins/order.js'
import { mayCost, price } from '../pins/price.js'
import { Reading } from '../pins/reading.js'
import { isFree, newRecord, receiptOf } from '../pins/record.js'
import { versionOf } from '../pins/reference.js'
import { serviceName } from '../pins/services.js'
import { CardView } from './card-view.js'
import { explainHold } from './messages.js'
import { showPicture } from './picture.js'
import { showReceipt } from './receipt.js'
import { Result } from './result.js'
import { Upload } from './upload.js'

/** One file or URL, from being chosen to its receipt in the history. */
export class Card {
  /**
   * The settings of the last press of Pin, until the order is cancelled.
   *
   * @type {ReturnType<typeof import('./settings.js').readSettings> | undefined}
   */
  wanted
  reading
  #source
  #page
  #view
  /** @type {0 | 1 | undefined} the version it was last prepared for, which `state` refers to */
  #version
  #upload
  #result
  #pictured
  /** The settings whose price was last shown. */
  #shown
  /** Those under which the user wants to pin the same content twice. */
  #insisted

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
    this.#view = new CardView(record.name)
    this.#upload = new Upload(this.#view, (state, word) => this.#enter(state, word))
    this.#result = new Result(this.#view)
    this.#read()
    this.#listen()
    this.#pictured = showPicture(this.#view.find('.picture'), record, source)
    this.#showCid()
    if (record.state === 'waiting') this.#enter('waiting', 'Ready')
    else this.#showResult()
    this.#view.fold(!source && record.state === 'done')
  }

  get element() {
    return this.#view.element
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

  /** Whether it failed without a charge and can be ordered again. Not what the user cancelled. */
  get canRetry() {
    const { state, error } = this.record
    if (state !== 'failed' || error.code === 'aborted') return false
    return isFree(error) && !this.#view.find('.again').hidden
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

  /** Begins to read the source. A file that has to keep its CID is read in the version of that CID. */
  #read() {
    const { expect } = this.record
    const report = (version, finding) => this.#learn(version, finding)
    this.reading = new Reading(this.#source, report, expect && versionOf(expect))
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
    this.#view.note(reason)
    this.#enter('unfit', later ? 'Still reading' : 'Cannot be sent')
  }

  /**
   * Shows its CID and price, or why it is held.
   *
   * @param {ReturnType<typeof import('./settings.js').readSettings>} settings
   * @param {import('../pins/held.js').Hold} [hold]
   */
  explain(settings, hold) {
    const { record } = this
    record.cid = this.reading.cidOf(settings.version)
    this.#shown = settings
    this.#showCid()
    if (hold) {
      const { state, reason, confirm } = explainHold(record, hold, settings)
      this.#view.say('.state', state)
      this.#view.note(reason, confirm)
    } else {
      this.#view.say('.state', 'Ready')
      const kept = record.expect && record.cid ? 'The CID stays the same. ' : ''
      this.#view.note(`${kept}${price(settings)}`)
    }
  }

  /** Makes it wait for a new order. The former record stays in the history if its outcome is unknown. */
  renew() {
    const { thumbnail, expect } = this.record
    this.record = { ...newRecord(this.#source, expect), thumbnail }
    this.element.classList.remove('with-receipt')
    this.#enter('waiting', 'Ready')
  }

  /**
   * Queues its order, and shows the result when it has ended.
   *
   * @param {ReturnType<typeof import('./settings.js').readSettings>} settings
   */
  async order({ token, endpoint, gateway, charges, version, pin }) {
    const { record } = this
    Object.assign(record, { endpoint, gateway, charges, pin })
    record.version = record.expect ? versionOf(record.expect) : version
    record.cid = this.reading.cidOf(version)
    showReceipt(this.#view.find('.receipt'), record)
    this.#showCid()
    const kept = await this.#upload.queue(record, this.#source, token, this.#pictured)
    this.element.classList.toggle('unkept', !kept)
    this.#showResult()
    this.#page.ended(this.#result.sentence)
  }

  #showResult() {
    const word = this.#result.show(this.record, Boolean(this.#source))
    this.#showCid()
    this.#enter(this.state, word)
  }

  async #look() {
    const { record } = this
    const button = this.#view.find('.look')
    if (button.ariaDisabled) return
    button.setAttribute('aria-disabled', 'true')
    await lookFor(record)
    button.removeAttribute('aria-disabled')
    // It was retried in the meantime.
    if (record !== this.record) return
    this.#showResult()
    // Not announced if it was deleted in the meantime; shown in case Undo restores it.
    if (this.element.isConnected) this.#page.ended(this.#result.sentence)
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
    return this.#upload.cancel()
  }

  /** Whether it matches a search. */
  matches(query) {
    const { name, cid, receipt } = this.record
    const text = [name, cid, receipt?.cid, receipt?.orderID, receipt?.fileURL].join('\n')
    return text.toLowerCase().includes(query.trim().toLowerCase())
  }

  focus() {
    this.#view.focus()
  }

  #listen() {
    const view = this.#view
    view.onClick('.dismiss', () => this.#dismiss(), 'Remove')
    view.onClick('.fold', () => view.fold(), 'Details')
    view.onClick('.again', () => this.#page.again(this))
    view.onClick('.look', () => this.#look())
    view.onClick('.insist', () => this.#insist())
    view.onClick('.delete', () => this.#page.removed(this))
  }

  /** The user wants it although it was held: as a duplicate, or with another CID than the expected one. */
  #insist() {
    const { record } = this
    if (record.expect && record.cid !== record.expect) {
      delete record.expect
      this.#read()
    } else this.#insisted = this.#shown
    this.focus()
    this.#page.changed()
  }

  /** Whether the user wants it twice with these settings: from this service, and not only where it is free. */
  insistsOn(settings) {
    const agreed = this.#insisted
    if (!agreed || !isSameAddress(agreed.endpoint, settings.endpoint)) return false
    return mayCost(agreed) || !mayCost(settings)
  }

  #showKind() {
    const { size, at } = this.record
    const parts = [size === undefined ? 'Web address' : roundedSize(size)]
    if (at) parts.push(when(at), serviceName(this.record))
    this.#view.say('.kind', parts.join(' · '))
  }

  #showCid() {
    this.#view.showCid(this.cid, this.#whyNoCid())
  }

  #whyNoCid() {
    if (this.isOver) return 'CID not known'
    return this.#source instanceof File
      ? 'Computing the CID…'
      : 'The CID is known after the service has downloaded the file'
  }

  #enter(state, word) {
    this.record.state = state
    this.#showKind()
    this.#view.enter(state, word)
    if (this.element.isConnected) this.#page.changed()
  }
}
