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
 * A line of the journal. `ordering` is written before the request is sent. If no later line has the
 * same content and terms, the order may or may not have been processed.
 *
 * @typedef {object} Entry
 * @property {'ordering' | 'pinned' | 'failed'} event
 * @property {string} time in ISO 8601
 * @property {string} source the operand
 * @property {string} content the CID that was computed here, or the URL
 * @property {object} terms the other parameters of the order: endpoint, version, pin
 * @property {object} [receipt]
 * @property {object} [error]
 */

const EVENTS = ['ordering', 'pinned', 'failed']

/** The first bytes of every line. */
const LINE_START = '{"event":"'

/** The file of `--log`: one JSON object per line. Only one process at a time can open it. */
export class Journal {
  #path
  #file
  #lock
  /** The entry that counts for each key, of previous runs and of what this run paid for. */
  #last = new Map()
  /** The number of `ordering` entries of each key that have no result. */
  #inFlight = new Map()
  /** The offset of an incomplete line. The file is truncated there before the next line. */
  #tornAt

  /**
   * Opens the journal, or creates it.
   *
   * @param {string} path throws if another process has the file open or if it is not a journal
   */
  constructor(path) {
    this.#path = path
    this.#file = openSync(path, 'a+')
    try {
      if (!fstatSync(this.#file).isFile()) throw notAJournal(path)
      this.#lock = new Lock(realpathSync(path))
      this.#load()
    } catch (error) {
      this.close()
      throw error
    }
  }

  /**
   * The entry that counts for an order: a payment, else an unknown outcome, else the latest one. Of this
   * run it knows the payments only.
   *
   * @param {Pick<Entry, 'content' | 'terms'>} order
   * @returns {Entry | undefined}
   */
  last(order) {
    return this.#last.get(keyOf(order))
  }

  /**
   * Appends an entry. It is on the disk when this returns.
   *
   * @param {Entry['event']} event
   * @param {Pick<Entry, 'source' | 'content' | 'terms'>} order
   * @param {Pick<Entry, 'receipt' | 'error'>} [result]
   */
  write(event, order, result) {
    const entry = { event, time: new Date().toISOString(), ...order, ...result }
    this.#truncate()
    const { size } = fstatSync(this.#file)
    try {
      writeFileSync(this.#file, `${JSON.stringify(entry)}\n`)
      fsyncSync(this.#file)
    } catch (cause) {
      // A part of the line may have been written, for example if the disk is full.
      this.#tornAt = size
      try {
        this.#truncate()
      } catch {
        // The first error is the one to report; the next write truncates again.
      }
      throw new Error(`${this.#path} could not be written: ${cause.message}`, { cause })
    }
    if (isPaid(entry)) this.#last.set(keyOf(entry), entry)
  }

  close() {
    closeSync(this.#file)
    this.#lock?.release()
  }

  #load() {
    const text = readFileSync(this.#file, 'utf8')
    const end = text.lastIndexOf('\n') + 1
    for (const line of text.slice(0, end).split('\n').slice(0, -1)) {
      const entry = parseEntry(line)
      if (!entry) throw notAJournal(this.#path)
      this.#add(entry)
    }
    // A crash or a full disk can leave a part of the last line.
    const torn = text.slice(end, end + LINE_START.length)
    if (!LINE_START.startsWith(torn)) throw notAJournal(this.#path)
    if (torn) this.#tornAt = Buffer.byteLength(text.slice(0, end))
    this.#truncate()
  }

  #truncate() {
    if (this.#tornAt === undefined) return
    ftruncateSync(this.#file, this.#tornAt)
    this.#tornAt = undefined
  }

  /** Adds an entry of a previous run. A payment or an unknown outcome outlasts a later failure. */
  #add(entry) {
    const key = keyOf(entry)
    const inFlight = (this.#inFlight.get(key) ?? 0) + (entry.event === 'ordering' ? 1 : -1)
    this.#inFlight.set(key, inFlight)
    const last = this.#last.get(key)
    const isLost = last?.event === 'ordering' && inFlight > 0
    const stays = isPaid(last) || isLost || last?.error?.outcome === 'unknown'
    if (!stays || isPaid(entry)) this.#last.set(key, entry)
  }
}

/** Whether the order was certainly charged. */
export const isPaid = (entry) => entry?.event === 'pinned' || entry?.error?.outcome === 'pinned'

/** Whether the order may have been charged: its result is missing, or its outcome is `unknown`. */
export const isUnknown = (entry) =>
  entry?.event === 'ordering' || entry?.error?.outcome === 'unknown'

const notAJournal = (path) => new Error(`${path} is there already, and is not such a log`)

const keyOf = ({ content, terms }) => JSON.stringify([content, terms])

function parseEntry(line) {
  try {
    const entry = JSON.parse(line)
    return EVENTS.includes(entry.event) ? entry : undefined
  } catch {
    return undefined
  }
}
