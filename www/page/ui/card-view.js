import { copy } from './copy.js'

const template = document.querySelector('#card')

/** The element of a card: its texts, buttons and progress. It does not know what an order is. */
export class CardView {
  element = template.content.firstElementChild.cloneNode(true)
  #name

  /** @param {string} name of the file, or the URL */
  constructor(name) {
    this.#name = name
    this.find('bdi').textContent = name
  }

  /** @param {string} selector @returns {HTMLElement} */
  find(selector) {
    return this.element.querySelector(selector)
  }

  /** Sets the text of a part. */
  say(selector, text) {
    this.find(selector).textContent = text
  }

  /** Listens for clicks on a button. Its accessible name gets the name of the file. */
  onClick(selector, act, label = this.find(selector).textContent.trim()) {
    this.find(selector).addEventListener('click', act)
    this.#label(selector, label)
  }

  /** Sets the text of a button, and its accessible name. */
  name(selector, text) {
    this.say(selector, text)
    this.#label(selector, text)
  }

  #label(selector, label) {
    this.find(selector).setAttribute('aria-label', `${label}: ${this.#name}`)
  }

  /** Shows a state, and its word. */
  enter(state, word) {
    const focused = this.element.contains(document.activeElement) && document.activeElement
    this.element.dataset.state = state
    this.say('.state', word)
    this.name('.dismiss', ['queued', 'sending'].includes(state) ? 'Cancel' : 'Remove')
    // A focused button that is hidden would lose the keyboard focus.
    if (focused && !focused.checkVisibility({ visibilityProperty: true })) this.focus()
  }

  /**
   * Shows a note about a card that waits, and a button to confirm it if one is named.
   *
   * @param {string} text
   * @param {string} [confirm] the name of the button
   */
  note(text, confirm) {
    this.element.classList.toggle('held', Boolean(confirm))
    this.say('.note span', text)
    this.find('.insist').hidden = !confirm
    if (confirm) this.name('.insist', confirm)
  }

  /** @param {string | undefined} cid @param {string} reason shown without a CID */
  showCid(cid, reason) {
    this.say('.cid code', cid ?? reason)
    this.find('.cid').classList.toggle('to-come', !cid)
    const button = this.find('.cid .copy')
    button.hidden = !cid
    button.onclick = () => copy(button, cid, 'CID')
    this.#label('.cid .copy', 'Copy CID')
  }

  /** @param {number} [share] between 0 and 1; not set if it is not known */
  showProgress(share, text) {
    const bar = this.find('progress')
    if (share === undefined) bar.removeAttribute('value')
    else bar.value = share
    this.say('.going p', text)
  }

  fold(folded = !this.element.classList.contains('folded')) {
    this.element.classList.toggle('folded', folded)
    this.find('.fold').setAttribute('aria-expanded', String(!folded))
  }

  focus() {
    this.find('h3').focus()
  }
}
