import { inspect } from './inspect.js'

/** Reads a file to find its CID in each version. A URL is not read. */
export class Reading {
  #source
  #report
  #fixed
  /** @type {(Promise<void> | undefined)[]} by version */
  #inspections = []
  /** @type {(string | undefined)[]} by version */
  #cids = []

  /**
   * @param {File | string | undefined} source
   * @param {(version: 0 | 1, finding: import('./inspect.js').Finding) => void} report called with each result
   * @param {0 | 1} [fixed] the version of every CID, whichever is asked for
   */
  constructor(source, report, fixed) {
    this.#source = source
    this.#report = report
    this.#fixed = fixed
  }

  /** The CID in a version; `undefined` until it is computed. */
  cidOf(version) {
    return this.#cids[version]
  }

  /** Whether it can be compared with other sources: a URL always, a file once its CID is known. */
  isKnown(version) {
    return !(this.#source instanceof File) || Boolean(this.cidOf(version))
  }

  /** Computes the CID in a version, unless it is known. */
  async find(version) {
    if (this.isKnown(version)) return
    await (this.#inspections[version] ??= this.#inspect(version))
  }

  async #inspect(version) {
    this.#learn(version, await inspect(this.#source, this.#fixed ?? version))
  }

  /** @param {import('./inspect.js').Finding} finding */
  #learn(version, { cid, reason, later }) {
    // A file whose first read failed may report twice: a known CID stays known.
    const known = (this.#cids[version] ??= cid)
    // A failed read is repeated on the next call.
    if (!known) this.#inspections[version] = undefined
    later?.then((finding) => this.#learn(version, finding))
    this.#report(version, { cid: known, reason, later })
  }
}
