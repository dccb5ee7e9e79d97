import { styleText } from 'node:util'

/** Where the results go, and beside them what only people read. */
export class Terminal {
  /** Results alone are wanted. */
  isQuiet = false
  #bar = ''
  #onBroken

  /** @param {() => void} onBroken is told that nobody reads the results any more */
  constructor(onBroken) {
    this.#onBroken = onBroken
    process.stdout.on('error', onBroken)
    process.stderr.on('error', () => {})
  }

  /** A result. Where standard output has gone, it is still said. */
  print(line) {
    const failed = (error) => {
      if (!error) return
      this.#onBroken()
      process.stderr.write(`${line}\n`)
    }
    this.#above(() => process.stdout.write(`${line}\n`, failed))
  }

  /** A word to people. */
  say(line) {
    this.#above(() => process.stderr.write(`${plain(line)}\n`))
  }

  /** What went wrong. */
  complain(message) {
    this.say(`numbers-pin: ${message}`)
  }

  /** Whether anybody can see a progress bar. */
  get hasBar() {
    return !this.isQuiet && Boolean(process.stderr.isTTY) && process.env.TERM !== 'dumb'
  }

  /** Replaces the bar, by default with none. */
  draw(bar = '') {
    if (!this.hasBar) return
    this.#bar = bar.slice(0, (process.stderr.columns || 80) - 1)
    process.stderr.write(`\r\x1b[K${this.#bar}`)
  }

  /** A word of a result, in a colour if it is for people who want colours. */
  colored(color, word) {
    const { NO_COLOR, TERM } = process.env
    if (!process.stdout.isTTY || NO_COLOR || TERM === 'dumb') return word
    return styleText(color, word, { validateStream: false })
  }

  /** The bar is always the last line. */
  #above(write) {
    const bar = this.#bar
    if (bar) this.draw()
    write()
    if (bar) this.draw(bar)
  }
}

/** A text that others have written, without what a terminal would obey. */
export function plain(text) {
  return text.replace(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}
