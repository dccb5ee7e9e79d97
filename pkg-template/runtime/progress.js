import { notify } from './value.js'

/** The phases of a call, in the order in which they come. */
const PHASES = ['hashing', 'download', 'upload', 'processing', 'done']

/** Reports how far a call is: in bytes of the file, never going back. */
export class Progress {
  #report
  #total
  #phase
  #loaded = -1

  /**
   * @param {((phase: string, loaded: number, total: number | null) => void) | undefined} report
   * @param {string} phase the first
   * @param {number | undefined} total in bytes, where it is known
   */
  constructor(report, phase, total) {
    this.#report = report
    this.#phase = PHASES.indexOf(phase)
    this.#total = total ?? null
  }

  /** Calls the caller's `onProgress`, if there is one. */
  static to(callback, phase, total) {
    if (!callback) return SILENT
    const report = (phase, loaded, total) => notify(callback, { phase, loaded, total })
    return new Progress(report, phase, total)
  }

  /** Reports to nobody. */
  static silent() {
    return SILENT
  }

  get isReported() {
    return this.#report !== undefined
  }

  /** Sets the bytes of the next response; `undefined` where they are not known. */
  expect(total) {
    this.#total = total ?? null
  }

  /** So many more bytes are done, in the phase that the call is in. */
  advance(bytes) {
    this.report(PHASES[this.#phase], Math.max(this.#loaded, 0) + bytes)
  }

  report(name, bytes) {
    if (!this.#report) return
    const phase = PHASES.indexOf(name)
    // A compressed body is longer than what travels, and a page is not shown that it was compressed.
    if (name === 'download' && this.#total !== null && bytes > this.#total) this.#total = null
    // Another gateway may have sent more before.
    const loaded = Math.max(this.#loaded, Math.min(bytes, this.#total ?? bytes))
    if (phase < this.#phase || (phase === this.#phase && loaded <= this.#loaded)) return
    this.#phase = phase
    this.#loaded = loaded
    this.#report(name, loaded, this.#total)
  }

  done() {
    this.report('done', this.#total ?? Math.max(this.#loaded, 0))
  }
}

const SILENT = /* @__PURE__ */ new Progress(undefined, 'hashing')

/** Adds up the progress of the orders of a batch. */
export class BatchProgress {
  #callback
  #counts

  /** The numbers of sources and of their bytes are `undefined` where they are not known before. */
  constructor(callback, total = null, totalBytes = null) {
    this.#callback = callback
    this.#counts = { done: 0, failed: 0, total, loaded: 0, totalBytes }
  }

  /** The progress of one order, of so many bytes. */
  order(size) {
    if (!this.#callback) return SILENT
    let last = 0
    const report = (_phase, loaded) => {
      const more = loaded - last
      last = loaded
      if (more > 0) this.#add({ loaded: more })
    }
    return new Progress(report, 'upload', size)
  }

  /** One source has its result. `saved` bytes of it did not have to be sent. */
  end(isPinned, saved) {
    this.#add(isPinned ? { done: 1, loaded: saved } : { failed: 1 })
  }

  #add(counts) {
    if (!this.#callback) return
    for (const [name, more] of Object.entries(counts)) this.#counts[name] += more
    notify(this.#callback, { ...this.#counts })
  }
}
