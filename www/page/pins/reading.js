import { inspect } from './inspect.js'

/** What reading a source tells: of a file its CID, by version. An address is not read. */
export class Reading {
  #source
  #told
  /** @type {(Promise<void> | undefined)[]} by version, as the CIDs that they find */
  #inspections = []
  /** @type {(string | undefined)[]} */
  #cids = []

  /**
   * @param {File | string | undefined} source
   * @param {(version: 0 | 1, finding: import('./inspect.js').Finding) => void} told of what was found
   */
  constructor(source, told) {
    this.#source = source
    this.#told = told
  }

  /** The CID of a version, once that was computed here. */
  cidOf(version) {
    return this.#cids[version]
  }

  /** Whether it can be told from all else that is there: an address by itself, a file by its CID. */
  isKnown(version) {
    return !(this.#source instanceof File) || Boolean(this.cidOf(version))
  }

  /** Finds out what can be known before paying: whether it can be sent, and its CID of a version. */
  async find(version) {
    if (this.isKnown(version)) return
    await (this.#inspections[version] ??= this.#inspect(version))
  }

  async #inspect(version) {
    this.#learn(version, await inspect(this.#source, version))
  }

  /** @param {import('./inspect.js').Finding} finding */
  #learn(version, { cid, reason, later }) {
    // A file that was read in vain and then again may be found twice: its CID stays known.
    const known = (this.#cids[version] ??= cid)
    // What was read in vain is read again when it is asked for again.
    if (!known) this.#inspections[version] = undefined
    later?.then((finding) => this.#learn(version, finding))
    this.#told(version, { cid: known, reason, later })
  }
}
