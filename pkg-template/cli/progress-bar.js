import { size } from './format.js'
import { sizeOf } from './source.js'

const WIDTH = 20

/** The milliseconds between two pictures. */
const PACE = 100

/** The progress of a batch, on a terminal. */
export class Bar {
  #terminal
  #sizes
  #total
  #count
  #began = Date.now()
  #drawn = 0
  #ended = 0
  #loaded = 0

  constructor(terminal, names, sizes) {
    this.#terminal = terminal
    this.#count = names.length
    this.#sizes = new Map(names.map((name, at) => [name, sizes[at]]))
    this.#total = sizes.includes(null) ? null : sizes.reduce((sum, bytes) => sum + bytes, 0)
    this.#draw()
  }

  /** Looks up what there is to do, if anybody is to see it. */
  static async of(names, terminal) {
    const sizes = terminal.hasBar ? await Promise.all(names.map(sizeOf)) : []
    return new Bar(terminal, names, sizes)
  }

  /** So many bytes are on their way. */
  load(bytes) {
    this.#loaded = bytes
    if (Date.now() - this.#drawn >= PACE) this.#draw()
  }

  /** One of all has ended. */
  end() {
    this.#ended += 1
    this.#draw()
  }

  /** The bytes of this one will not be sent. */
  leave(name) {
    if (this.#total !== null) this.#total -= this.#sizes.get(name) ?? 0
  }

  close() {
    this.#terminal.draw()
  }

  #draw() {
    if (!this.#terminal.hasBar) return
    this.#drawn = Date.now()
    const total = this.#total
    const share = total ? Math.min(this.#loaded / total, 1) : this.#ended / this.#count
    const full = Math.floor(share * WIDTH)
    const rate = this.#loaded / Math.max((Date.now() - this.#began) / 1000, 0.001)
    this.#terminal.draw(
      [
        `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}]`,
        `${this.#ended} of ${this.#count}`,
        total === null ? size(this.#loaded) : `${size(this.#loaded)} of ${size(total)}`,
        `${size(rate)}/s`,
      ].join('  '),
    )
  }
}
