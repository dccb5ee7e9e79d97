import { randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** A process as the name of a file says it: its pid, when it began, whose pids these are, its host. */
const CLAIM = /^(\d+)-(\d*)-(\d*)@(.*)$/

/**
 * Keeps a file to one process at a time, by the folder `FILE.lock` in which the name of a file says who
 * that is. The folder comes whole, for none takes the place of one that is not empty. The lock of a
 * process that was killed changes hands by changing that name, which of all who try only one can.
 */
export class Lock {
  #folder
  #claim

  /** @param {string} path throws if another process has it, or may have */
  constructor(path) {
    this.#folder = `${path}.lock`
    const { pid } = process
    const claim = `${pid}-${lifeOf(pid).began}-${namespace()}@${hostname()}`
    this.#claim = join(this.#folder, claim)
    const fresh = `${this.#folder}-${randomUUID()}`
    try {
      mkdirSync(fresh)
      writeFileSync(join(fresh, claim), '')
      renameSync(fresh, this.#folder)
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true })
      if (error.syscall !== 'rename') throw error
      if (!this.#inherit()) throw held(path, this.#folder)
    }
  }

  /** Takes over from a process that has ended, unless another does so first. */
  #inherit() {
    const holder = holderOf(this.#folder)
    if (!holder || !isGone(holder)) return false
    try {
      renameSync(join(this.#folder, holder), this.#claim)
      return true
    } catch {
      return false
    }
  }

  release() {
    try {
      unlinkSync(this.#claim)
      rmdirSync(this.#folder)
    } catch {
      // Somebody has removed it by hand, or has it by now. It is of no more use to this process.
    }
  }
}

function holderOf(folder) {
  try {
    return readdirSync(folder).find((name) => CLAIM.test(name))
  } catch {
    return undefined
  }
}

/** Whether the process of a claim has certainly ended. Of another host or container nobody can tell. */
function isGone(claim) {
  const [, pid, began, whose, host] = CLAIM.exec(claim)
  if (host !== hostname() || whose !== namespace()) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if (error.code === 'ESRCH') return true
  }
  const life = lifeOf(pid)
  // It has ended, and nobody has asked how.
  if (life.state === 'Z') return true
  // The system gives a pid again.
  return began !== '' && life.began !== '' && began !== life.began
}

/** The state of a process, and when it began, in ticks since the system did. Linux alone says so. */
function lifeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is a name, in brackets, that may have any characters.
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
    return { state: fields[0], began: fields[19] }
  } catch {
    return { state: '', began: '' }
  }
}

/** The number of what its pids are counted in, which each container has for itself, on Linux. */
function namespace() {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')
  } catch {
    return ''
  }
}

function held(path, folder) {
  const [, pid, , , host] = CLAIM.exec(holderOf(folder) ?? '') ?? []
  const who = pid ? `process ${pid} on ${host}` : 'another process'
  return new Error(`${path} is in use by ${who}; if that has ended, remove ${folder}`)
}
