import { download } from '../pkg/index.js'
import { exactSize, roundedSize } from '../lib/size.js'
import { receiptOf } from '../pins/record.js'
import { gatewayOf } from '../pins/services.js'
import { announce } from './announce.js'
import { downloadMessage } from './messages.js'

/** How much of a text is shown, in bytes. */
const EXCERPT = 4096

const MATCH = 'The content matches the CID.'
const MATCH_OF_RECEIPT = 'The content matches the CID in the receipt. Check that it is your file.'

/**
 * Downloads the content from the gateway and shows it once it is verified against its CID.
 */
export class Preview {
  #button
  #place
  #record
  #controller
  #url

  /**
   * @param {HTMLButtonElement} button downloads and shows it, or hides it
   * @param {HTMLElement} place where it is shown
   */
  constructor(button, place) {
    this.#button = button
    this.#place = place
    button.addEventListener('click', () => (this.#place.hidden ? this.#fetch() : this.close()))
  }

  /** @param {import('../pins/record.js').PinRecord} record whose content it is */
  of(record) {
    this.#record = record
    this.#button.hidden = !record.pin || !receiptOf(record)?.cid
    this.close()
  }

  close() {
    this.#controller?.abort()
    URL.revokeObjectURL(this.#url)
    this.#place.hidden = true
    this.#place.replaceChildren()
    this.#say('Show file', false)
  }

  async #fetch() {
    const { name, type } = this.#record
    const { cid, verified } = receiptOf(this.#record)
    // Without a receipt, the CID is the one that this page computed.
    const isProof = verified || !this.#record.receipt
    const gateway = gatewayOf(this.#record)
    const controller = (this.#controller = new AbortController())
    const message = element('p')
    this.#place.replaceChildren(message)
    this.#place.hidden = false
    this.#say('Hide file', true)
    message.textContent = `Waiting for ${new URL(gateway).host}…`
    try {
      const blob = await download(cid, {
        gateway,
        signal: controller.signal,
        onProgress: ({ loaded }) => (message.textContent = `${roundedSize(loaded)} downloaded…`),
      })
      const shown = await this.#view(blob.slice(0, blob.size, type || blob.type), name)
      if (controller.signal.aborted) return
      message.textContent = `Downloaded ${exactSize(blob.size)} from ${new URL(gateway).host}. ${isProof ? MATCH : MATCH_OF_RECEIPT}`
      this.#place.prepend(...shown)
      this.#place.append(this.#saveLink(name))
    } catch (error) {
      if (controller.signal.aborted) return
      message.textContent = downloadMessage(error)
    }
    announce(`${name}: ${message.textContent}`)
  }

  /** Creates the elements that show the content without running any of it. */
  async #view(blob, name) {
    this.#url = URL.createObjectURL(blob)
    const [kind] = blob.type.split('/')
    if (kind === 'image') {
      const image = element('img', { src: this.#url, alt: `Content of ${name}` })
      return image.decode().then(
        () => [image],
        () => [],
      )
    }
    if (kind === 'audio' || kind === 'video')
      return [element(kind, { src: this.#url, controls: true, ariaLabel: name })]
    if (kind === 'text' || blob.type === 'application/json') {
      const text = await blob.slice(0, EXCERPT).text()
      return [element('pre', { textContent: text, tabIndex: 0, ariaLabel: `Start of ${name}` })]
    }
    return []
  }

  #saveLink(name) {
    return element('a', { href: this.#url, download: name, textContent: 'Save to this device' })
  }

  #say(word, open) {
    this.#button.querySelector('span').textContent = word
    this.#button.setAttribute('aria-label', `${word}: ${this.#record.name}`)
    this.#button.setAttribute('aria-expanded', String(open))
  }
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties)
}
