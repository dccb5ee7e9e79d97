import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'

/**
 * A line of the log. `ordering` is written before the order is made; what has no later line may have
 * been made or not.
 *
 * @typedef {object} Entry
 * @property {'ordering' | 'pinned' | 'failed'} event
 * @property {string} time in ISO 8601
 * @property {string} source as it was named
 * @property {string} content the CID that was computed here, or the URL
 * @property {object} terms what else was ordered: endpoint, version, pin
 * @property {object} [receipt]
 * @property {object} [error]
 */

/** How every line begins. */
const BEGINNING = '{"event":"'

/** The file in which the orders are written down, one JSON object a line. */
export class Log {
  #file
  /** How many bytes are whole lines. */
  #size
  #last = new Map()

  /** @param {string} path made if it is missing; throws if it is anything else */
  constructor(path) {
    this.#file = openSync(path, 'a+')
    if (!fstatSync(this.#file).isFile()) throw foreign(path)
    const text = readFileSync(this.#file, 'utf8')
    const end = text.lastIndexOf('\n') + 1
    for (const line of text.slice(0, end).split('\n').slice(0, -1)) {
      const entry = parsed(line)
      if (!entry) throw foreign(path)
      this.#remember(entry)
    }
    // Of the last line the disk or the power may have left a part.
    const torn = text.slice(end, end + BEGINNING.length)
    if (!BEGINNING.startsWith(torn)) throw foreign(path)
    this.#size = Buffer.byteLength(text.slice(0, end))
    ftruncateSync(this.#file, this.#size)
  }

  /** What is known of an order: what was bought, or may have been, stays so whatever came later. */
  last(order) {
    return this.#last.get(keyOf(order))
  }

  /** Writes down what became of an order. It is on the disk when this returns. */
  write(event, order, more) {
    const entry = { event, time: new Date().toISOString(), ...order, ...more }
    const line = `${JSON.stringify(entry)}\n`
    try {
      writeFileSync(this.#file, line)
      fsyncSync(this.#file)
    } catch (error) {
      this.#cut()
      throw error
    }
    this.#size += Buffer.byteLength(line)
    this.#remember(entry)
  }

  /** Takes off what a full disk has taken of a line. Why it could not be written is told, not this. */
  #cut() {
    try {
      ftruncateSync(this.#file, this.#size)
    } catch {}
  }

  #remember(entry) {
    const key = keyOf(entry)
    const known = this.#last.get(key)
    const isLost = known?.error?.outcome === 'unknown' && !isSettled(entry)
    if (!isSettled(known) && !isLost) this.#last.set(key, entry)
  }

  close() {
    closeSync(this.#file)
  }
}

/** Whether an order was certainly charged. */
export const isSettled = (entry) => entry?.event === 'pinned' || entry?.error?.outcome === 'pinned'

/** Whether nobody knows if it was: its end is missing, or says so. */
export const isDoubtful = (entry) =>
  entry?.event === 'ordering' || entry?.error?.outcome === 'unknown'

const foreign = (path) => new Error(`${path} is there already, and is not such a log`)

const keyOf = ({ content, terms }) => JSON.stringify([content, terms])

function parsed(line) {
  try {
    const entry = JSON.parse(line)
    return ['ordering', 'pinned', 'failed'].includes(entry.event) ? entry : undefined
  } catch {
    return undefined
  }
}
