import { formatBytes, formatProgress } from './format.js'
import { sizeOf } from './source.js'

const WIDTH = 20

/** The minimum number of milliseconds between two redraws while bytes are uploaded. */
const REDRAW_MS = 100

/** The progress of a batch, on a terminal. */
export class ProgressBar {
  #terminal
  #sizes
  #count
  #completed = 0
  #loaded = 0
  /** Bytes of all files; `null` if a size is unknown. */
  #total
  #started = Date.now()
  #lastDrawn = 0

  /**
   * @param {import('./terminal.js').Terminal} terminal
   * @param {string[]} names
   * @param {(number | null)[]} sizes of the files, in the order of the names
   */
  constructor(terminal, names, sizes) {
    this.#terminal = terminal
    this.#count = names.length
    this.#sizes = new Map(names.map((name, index) => [name, sizes[index]]))
    this.#total = sizes.includes(null) ? null : sizes.reduce((sum, bytes) => sum + bytes, 0)
    this.#draw()
  }

  /**
   * Looks up the sizes that are not known, if the bar is visible.
   *
   * @param {import('./report.js').Order[]} orders
   */
  static async create(terminal, orders) {
    const names = orders.map(({ source }) => source)
    const size = (order) => order.size ?? sizeOf(order.source)
    const sizes = terminal.showsProgress ? await Promise.all(orders.map(size)) : []
    return new ProgressBar(terminal, names, sizes)
  }

  /** Sets the number of uploaded bytes, of all files together. */
  update(loaded) {
    this.#loaded = loaded
    if (Date.now() - this.#lastDrawn >= REDRAW_MS) this.#draw()
  }

  /** Counts one file as completed. */
  complete() {
    this.#completed += 1
    this.#draw()
  }

  /** Takes a file that is not uploaded out of the total. */
  skip(name) {
    if (this.#total !== null) this.#total -= this.#sizes.get(name) ?? 0
  }

  clear() {
    this.#terminal.drawProgress()
  }

  #draw() {
    if (!this.#terminal.showsProgress) return
    this.#lastDrawn = Date.now()
    const seconds = Math.max((Date.now() - this.#started) / 1000, 0.001)
    this.#terminal.drawProgress(
      [
        this.#bar(),
        `${this.#completed} of ${this.#count}`,
        formatProgress(this.#loaded, this.#total),
        `${formatBytes(this.#loaded / seconds)}/s`,
      ].join('  '),
    )
  }

  #bar() {
    const total = this.#total
    const share = total ? Math.min(this.#loaded / total, 1) : this.#completed / this.#count
    const filled = Math.floor(share * WIDTH)
    return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}]`
  }
}
