import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { Lock } from './lock.js'

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

/** The file in which the orders are written down, one JSON object a line. One call at a time has it. */
export class Log {
  #path
  #file
  #lock
  #last = new Map()
  /** How many orders have no end yet. */
  #open = new Map()
  /** Where the file has to be cut before the next line, if a part of one is in it. */
  #torn

  /**
   * @param {string} path made if it is missing; throws if it is anything else, or if another call has it
   */
  constructor(path) {
    this.#path = path
    this.#file = openSync(path, 'a+')
    try {
      if (!fstatSync(this.#file).isFile()) throw foreign(path)
      this.#lock = new Lock(realpathSync(path))
      this.#load()
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** What earlier calls have left of an order, and whether this one has bought it. */
  last(order) {
    return this.#last.get(keyOf(order))
  }

  /** Writes down what became of an order. It is on the disk when this returns. */
  write(event, order, more) {
    const entry = { event, time: new Date().toISOString(), ...order, ...more }
    this.#cut()
    const { size } = fstatSync(this.#file)
    try {
      writeFileSync(this.#file, `${JSON.stringify(entry)}\n`)
      fsyncSync(this.#file)
    } catch (cause) {
      // A full disk may have taken a part of the line.
      this.#torn = size
      try {
        this.#cut()
      } catch {
        // What came first says more.
      }
      throw new Error(`${this.#path} could not be written: ${cause.message}`, { cause })
    }
    if (isSettled(entry)) this.#last.set(keyOf(entry), entry)
  }

  #load() {
    const text = readFileSync(this.#file, 'utf8')
    const end = text.lastIndexOf('\n') + 1
    for (const line of text.slice(0, end).split('\n').slice(0, -1)) {
      const entry = parsed(line)
      if (!entry) throw foreign(this.#path)
      this.#read(entry)
    }
    // Of the last line the disk or the power may have left a part.
    const torn = text.slice(end, end + BEGINNING.length)
    if (!BEGINNING.startsWith(torn)) throw foreign(this.#path)
    if (torn) this.#torn = Buffer.byteLength(text.slice(0, end))
    this.#cut()
  }

  #cut() {
    if (this.#torn === undefined) return
    ftruncateSync(this.#file, this.#torn)
    this.#torn = undefined
  }

  /** Takes in a line. What was bought, or may have been, stays so whatever came later. */
  #read(entry) {
    const key = keyOf(entry)
    const open = (this.#open.get(key) ?? 0) + (entry.event === 'ordering' ? 1 : -1)
    this.#open.set(key, open)
    const known = this.#last.get(key)
    const isLost = known?.event === 'ordering' && open > 0
    const stays = isSettled(known) || isLost || known?.error?.outcome === 'unknown'
    if (!stays || isSettled(entry)) this.#last.set(key, entry)
  }

  close() {
    closeSync(this.#file)
    this.#lock?.release()
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
