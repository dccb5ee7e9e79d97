import { fstatSync, writeFileSync } from 'node:fs'
import { styleText } from 'node:util'
import { printable } from './format.js'

/** Writes to standard output. For a file, Node's own stream ignores that a full disk has taken only a part. */
function write(text, onWritten) {
  if (!fstatSync(1).isFile()) return process.stdout.write(text, onWritten)
  try {
    writeFileSync(1, text)
  } catch (error) {
    onWritten(error)
  }
}

/** Writes results to standard output, and messages and progress to standard error. */
export class Terminal {
  /** Prints results and errors, but no progress. */
  isQuiet = false
  #progress = ''
  #onOutputLost

  /** @param {() => void} onOutputLost called when standard output has lost its reader or is full */
  constructor(onOutputLost) {
    this.#onOutputLost = onOutputLost
    process.stdout.on('error', onOutputLost)
    process.stderr.on('error', () => {})
  }

  /** Prints a result. It goes to standard error if standard output fails, so no receipt is lost. */
  print(line) {
    const onWritten = (error) => {
      if (!error) return
      this.#onOutputLost()
      process.stderr.write(`${line}\n`)
    }
    this.#aboveProgress(() => write(`${line}\n`, onWritten))
  }

  /** Prints a message. */
  say(line) {
    this.#aboveProgress(() => process.stderr.write(`${printable(line)}\n`))
  }

  /** Prints an error. */
  complain(message) {
    this.say(`numbers-pin: ${message}`)
  }

  /** Whether progress is visible. */
  get showsProgress() {
    return !this.isQuiet && Boolean(process.stderr.isTTY) && process.env.TERM !== 'dumb'
  }

  /** Replaces the progress line; without an argument, clears it. */
  drawProgress(line = '') {
    if (!this.showsProgress) return
    this.#progress = line.slice(0, (process.stderr.columns || 80) - 1)
    process.stderr.write(`\r\x1b[K${this.#progress}`)
  }

  /** Colors a part of a result if standard output is a terminal and `NO_COLOR` is not set. */
  colored(color, text) {
    const { NO_COLOR, TERM } = process.env
    if (!process.stdout.isTTY || NO_COLOR || TERM === 'dumb') return text
    return styleText(color, text, { validateStream: false })
  }

  /** Keeps the progress line below what is written. */
  #aboveProgress(write) {
    const line = this.#progress
    if (line) this.drawProgress()
    write()
    if (line) this.drawProgress(line)
  }
}
