import { cidOf, download, verify } from '../index.js'
import { GATEWAY } from './defaults.js'
import { isDirectory } from './directory.js'
import { isPaid } from './journal-entry.js'

/**
 * What a run does with a CID: it has the `same CID` at Numbers, gets a `new CID`, or the reason why it cannot be
 * moved.
 *
 * @typedef {'same CID' | 'new CID' | 'directory' | 'too large' | 'not found' | 'failed'} Finding
 */

/** The profiles by which the service builds the CIDs of each version. */
const PROFILES = ['unixfs-v0-2015', 'kubo-cid-v1']

/** The files of a run of `move`: one order for each CID. */
export class MoveOrders {
  #options
  #journal
  #signal

  /**
   * @param {import('./args.js').Options} options
   * @param {import('./journal.js').Journal | undefined} journal
   * @param {AbortSignal} signal
   */
  constructor(options, journal, signal) {
    this.#options = options
    this.#journal = journal
    this.#signal = signal
  }

  /**
   * The order of a CID, with what was found out: it is downloaded, unless the journal has its receipt.
   *
   * @param {string} cid
   * @returns {Promise<import('./report.js').Order & { finding: Finding }>}
   */
  async check(cid) {
    const version = cid.startsWith('Qm') ? 0 : 1
    const terms = { endpoint: this.#options.endpoint, version, pin: true }
    const order = { source: cid, from: cid, terms }
    const last = this.#journal?.last({ content: cid, terms })
    if (isPaid(last)) return { ...order, content: last.content, finding: 'same CID' }
    try {
      const blob = await this.#download(cid)
      const content = await cidOf(blob, { version, signal: this.#signal })
      const { profile, computed } = await verify(blob, cid, { signal: this.#signal })
      const keeps =
        profile === PROFILES[version] || (profile === 'raw-block' && computed === content)
      return { ...order, content, size: blob.size, finding: keeps ? 'same CID' : 'new CID' }
    } catch (error) {
      if (this.#signal.aborted) throw error
      return { ...order, finding: await this.#findReason(cid, error), reason: error.message }
    }
  }

  /** Downloads the content of an order again: between the two, it is not kept. */
  async open({ source: cid, content }) {
    return { source: await this.#download(cid), filename: cid, expect: content }
  }

  #download(cid) {
    const { gateway, timeout } = this.#options
    return download(cid, { gateway, timeout, signal: this.#signal })
  }

  async #findReason(cid, { code }) {
    if (code === 'too-large') return 'too large'
    const { gateway = GATEWAY, timeout = 30_000 } = this.#options
    const limits = timeout > 0 ? [this.#signal, AbortSignal.timeout(timeout)] : [this.#signal]
    const hasAnswer = code === 'not-found' || code === 'bad-response'
    if (hasAnswer && (await isDirectory(cid, [gateway].flat(), AbortSignal.any(limits))))
      return 'directory'
    return code === 'not-found' ? 'not found' : 'failed'
  }
}
