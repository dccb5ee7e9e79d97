import { totals } from './iter.js'
import { notify } from './value.js'

/** The phases of a call in their order. */
const PHASES = ['hashing', 'download', 'upload', 'processing', 'done']

/** Reports the progress of a call in bytes of the file. It never decreases. */
export class Progress {
  #report
  #total
  #phase
  #loaded = -1

  /**
   * @param {((phase: string, loaded: number, total: number | null) => void) | undefined} report
   * @param {string} phase the first phase
   * @param {number | undefined} total in bytes, if known
   */
  constructor(report, phase, total) {
    this.#report = report
    this.#phase = PHASES.indexOf(phase)
    this.#total = total ?? null
  }

  /** Creates a progress that calls `onProgress`, if it is set. */
  static to(callback, phase, total) {
    if (!callback) return SILENT
    const report = (phase, loaded, total) => notify(callback, { phase, loaded, total })
    return new Progress(report, phase, total)
  }

  /** Returns a progress that reports nothing. */
  static silent() {
    return SILENT
  }

  get isReported() {
    return this.#report !== undefined
  }

  /** Sets the size of the next response, if it is known. */
  expect(total) {
    this.#total = total ?? null
  }

  /** Adds bytes to the current phase. */
  advance(bytes) {
    this.report(PHASES[this.#phase], Math.max(this.#loaded, 0) + bytes)
  }

  report(name, bytes) {
    if (!this.#report) return
    const phase = PHASES.indexOf(name)
    // A compressed body is longer than its Content-Length, and CORS hides the encoding.
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

  constructor(callback, sources) {
    const [total = null, totalBytes = null] = callback ? totals(sources) : []
    this.#callback = callback
    this.#counts = { done: 0, failed: 0, total, loaded: 0, totalBytes }
  }

  /** Creates the progress of an order of `size` bytes. */
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

  /** Reports the result of a source. `saved` is the number of bytes that did not have to be sent. */
  end(isPinned, saved) {
    this.#add(isPinned ? { done: 1, loaded: saved } : { failed: 1 })
  }

  #add(counts) {
    if (!this.#callback) return
    for (const [name, more] of Object.entries(counts)) this.#counts[name] += more
    notify(this.#callback, { ...this.#counts })
  }
}
