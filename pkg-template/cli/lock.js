import { mkdirSync, readdirSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { currentOwner, hasEnded, parseOwner } from './lock-owner.js'

/**
 * Gives a file to one process at a time. The lock is the folder `FILE.lock` with one empty file, whose
 * name identifies the owner. To take over the lock of a process that has ended, that file is renamed,
 * which succeeds for one process only. A process that finds the folder empty adds its file and looks
 * again: of two that do so at the same moment, at least one sees the file of the other and gives up.
 */
export class Lock {
  #folder
  #file

  /** @param {string} path throws if another process has the lock, or may have it */
  constructor(path) {
    this.#folder = `${path}.lock`
    this.#file = join(this.#folder, currentOwner())
    const [owner] = ownersIn(this.#folder)
    const isAdded = owner ? hasEnded(owner) && this.#takeOver(owner) : this.#add()
    if (isAdded && ownersIn(this.#folder).length === 1) return
    if (isAdded) this.release()
    throw inUse(path, this.#folder)
  }

  release() {
    try {
      unlinkSync(this.#file)
      rmdirSync(this.#folder)
    } catch {
      // Another process has a file there, or someone has removed the lock by hand.
    }
  }

  /** Adds the file of this process to the folder, which a killed process may have left empty. */
  #add() {
    try {
      mkdirSync(this.#folder)
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    try {
      writeFileSync(this.#file, '')
      return true
    } catch (error) {
      // A file has the name of the folder, or the last owner has just removed it.
      if (['ENOTDIR', 'ENOENT'].includes(error.code)) return false
      rmdirSync(this.#folder)
      throw error
    }
  }

  #takeOver(owner) {
    try {
      renameSync(join(this.#folder, owner), this.#file)
      return true
    } catch {
      return false
    }
  }
}

function ownersIn(folder) {
  try {
    return readdirSync(folder).filter(parseOwner)
  } catch {
    return []
  }
}

function inUse(path, folder) {
  const { pid, host } = parseOwner(ownersIn(folder)[0] ?? '') ?? {}
  const owner = pid ? `process ${pid} on ${host}` : 'another process'
  return new Error(`${path} is in use by ${owner}; if that has ended, remove ${folder}`)
}
