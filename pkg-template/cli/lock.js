import { randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { currentOwner, hasEnded, isOwner, parseOwner } from './lock-owner.js'

/**
 * Gives a file to one process at a time. The lock is the folder `FILE.lock` with one empty file, whose
 * name identifies the owner. Both steps are atomic: to create the lock, a complete folder is renamed to
 * `FILE.lock`, which fails while that is not empty; to take over the lock of a process that has ended,
 * the file is renamed, which succeeds for one process only.
 */
export class Lock {
  #folder
  #file

  /** @param {string} path throws if another process has the lock, or may have it */
  constructor(path) {
    this.#folder = `${path}.lock`
    const owner = currentOwner()
    this.#file = join(this.#folder, owner)
    if (!this.#create(owner) && !this.#takeOver()) throw inUse(path, this.#folder)
  }

  release() {
    try {
      unlinkSync(this.#file)
      rmdirSync(this.#folder)
    } catch {
      // Someone has removed the lock by hand, and another process may have it now.
    }
  }

  #create(owner) {
    const temporary = `${this.#folder}-${randomUUID()}`
    try {
      mkdirSync(temporary)
      writeFileSync(join(temporary, owner), '')
      renameSync(temporary, this.#folder)
      return true
    } catch (error) {
      rmSync(temporary, { recursive: true, force: true })
      if (error.syscall !== 'rename') throw error
      return false
    }
  }

  #takeOver() {
    const owner = ownerOf(this.#folder)
    if (!owner || !hasEnded(owner)) return false
    try {
      renameSync(join(this.#folder, owner), this.#file)
      return true
    } catch {
      return false
    }
  }
}

function ownerOf(folder) {
  try {
    return readdirSync(folder).find(isOwner)
  } catch {
    return undefined
  }
}

function inUse(path, folder) {
  const { pid, host } = parseOwner(ownerOf(folder) ?? '') ?? {}
  const owner = pid ? `process ${pid} on ${host}` : 'another process'
  return new Error(`${path} is in use by ${owner}; if that has ended, remove ${folder}`)
}
