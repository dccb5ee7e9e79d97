import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
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
      this.#last.set(keyOf(entry), entry)
    }
    // Of the last line the disk or the power may have left a part.
    const torn = text.slice(end, end + BEGINNING.length)
    if (!BEGINNING.startsWith(torn)) throw foreign(path)
    ftruncateSync(this.#file, Buffer.byteLength(text.slice(0, end)))
  }

  /** What earlier calls have left of an order. */
  last(order) {
    return this.#last.get(keyOf(order))
  }

  /** Writes down what became of an order. It is on the disk when this returns. */
  write(event, order, more) {
    const entry = { event, time: new Date().toISOString(), ...order, ...more }
    writeSync(this.#file, `${JSON.stringify(entry)}\n`)
    fsyncSync(this.#file)
  }

  close() {
    closeSync(this.#file)
  }
}

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
