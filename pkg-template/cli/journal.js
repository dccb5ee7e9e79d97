import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { toJson } from './format.js'
import { JournalEntries } from './journal-entries.js'
import { isPaid, parseJournal } from './journal-entry.js'
import { Lock } from './lock.js'
import { UsageError } from './usage-error.js'

/** @typedef {import('./journal-entry.js').Entry} Entry */

/** The file of `--log`: one JSON object per line. Only one process at a time can open it. */
export class Journal {
  #path
  #file
  #lock
  #entries
  /** The lines of this run. */
  #lines = []
  /** The offset of an incomplete line. The file is truncated there before the next line. */
  #tornAt

  /**
   * Opens the journal, or creates it.
   *
   * @param {string} path throws if another process has the file open or if it is not a journal
   */
  constructor(path) {
    closeSync(openSync(path, 'a+'))
    this.#path = realpathSync(path)
    this.#lock = new Lock(this.#path)
    try {
      this.#entries = new JournalEntries(checkedEntries(this.#open(), this.#path))
    } catch (error) {
      this.#lock.release()
      throw error
    }
  }

  /** The entry that counts for an order: see `JournalEntries`. Of this run it knows the payments only. */
  last(order) {
    return this.#entries.last(order)
  }

  /**
   * Appends an entry. It is on the disk when this returns.
   *
   * @param {Entry['event']} event
   * @param {Pick<Entry, 'source' | 'content' | 'from' | 'terms'>} order
   * @param {Pick<Entry, 'receipt' | 'error'>} [result]
   */
  write(event, order, result) {
    const entry = { event, time: new Date().toISOString(), ...order, ...result }
    const line = `${toJson(entry)}\n`
    this.#follow()
    this.#append(line)
    this.#lines.push(line)
    if (isPaid(entry)) this.#entries.add(entry)
  }

  /** Can be called again. */
  close() {
    if (this.#file === undefined) return
    try {
      this.#follow()
    } finally {
      closeSync(this.#file)
      this.#file = undefined
      this.#lock.release()
    }
  }

  /** Opens what has the name now, and parses it. An incomplete last line is removed. */
  #open() {
    const file = openSync(this.#path, 'a+')
    try {
      const journal = read(file, this.#path)
      if (journal.tornAt !== undefined) ftruncateSync(file, journal.tornAt)
      if (journal.isUnended) writeFileSync(file, '\n')
      syncFolder(dirname(this.#path))
      this.#file = file
      return journal
    } catch (error) {
      closeSync(file)
      throw error
    }
  }

  /**
   * An editor saves by renaming a new file over the old one. The lines of this run are then appended to
   * the new file, which may be of a time before them.
   */
  #follow() {
    const opened = fstatSync(this.#file, { bigint: true })
    const named = statSync(this.#path, { bigint: true, throwIfNoEntry: false })
    if (named?.ino === opened.ino && named.dev === opened.dev) return
    const replaced = this.#file
    this.#open()
    closeSync(replaced)
    this.#tornAt = undefined
    this.#append(this.#lines.join(''))
  }

  #append(lines) {
    this.#truncate()
    const { size } = fstatSync(this.#file)
    try {
      writeFileSync(this.#file, lines)
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
  }

  #truncate() {
    if (this.#tornAt === undefined) return
    ftruncateSync(this.#file, this.#tornAt)
    this.#tornAt = undefined
  }
}

/** Opens the journal of `--log`, if that is set. Throws a `UsageError` for a path that cannot be opened. */
export const openJournal = (path) =>
  path === undefined ? undefined : explained(path, () => new Journal(path))

/**
 * Reads the journal of `--log` for `--dry-run`, which changes nothing and works during a run that has it open.
 *
 * @param {string} [path]
 * @returns {JournalEntries | undefined} `undefined` if there is none yet
 */
export const readJournal = (path) =>
  existsSync(path ?? '') ? explained(path, () => new JournalEntries(readEntries(path))) : undefined

function explained(path, open) {
  try {
    return open()
  } catch (error) {
    if (error.syscall !== 'open') throw error
    throw new UsageError(`The journal "${path}" cannot be opened (${error.code})`)
  }
}

function readEntries(path) {
  // To open a named pipe would wait for its writer.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    return checkedEntries(read(file, path), path)
  } finally {
    closeSync(file)
  }
}

function read(file, path) {
  const stats = fstatSync(file)
  if (!stats.isFile()) throw notJournal(path)
  // Each name would have a lock of its own.
  if (stats.nlink > 1) throw new Error(`${path} has hard links; use a copy of it as the journal`)
  const journal = parseJournal(readFileSync(file))
  if (!journal.entries.some(Boolean) && journal.badLine) throw notJournal(path)
  return journal
}

/** The entries, if each line is one. To start a new journal instead would order everything again. */
function checkedEntries({ entries, badLine }, path) {
  if (!badLine) return entries
  throw new Error(
    `Line ${badLine} of ${path} is not an entry of a journal: nothing was ordered. Correct the line; with another journal everything would be ordered again`,
  )
}

const notJournal = (path) =>
  new Error(`${path} exists and is not a numbers-pin journal; use another file for --log`)

/** Makes the name of a new file survive a power cut. Not every system can open a folder. */
function syncFolder(path) {
  let folder
  try {
    folder = openSync(path, 'r')
    fsyncSync(folder)
  } catch {
    // Then the file system has its own ways.
  } finally {
    if (folder !== undefined) closeSync(folder)
  }
}
