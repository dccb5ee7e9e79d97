import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process as a file name: `PID-STARTED-NAMESPACE@HOST`. Two parts are empty except on Linux. */
const OWNER = /^(?<pid>\d+)-(?<started>\d*)-(?<namespace>\d*)@(?<host>.*)$/

/** This process. */
export function currentOwner() {
  const { pid } = process
  return `${pid}-${statOf(pid).started}-${namespace()}@${hostname()}`
}

export const isOwner = (name) => OWNER.test(name)

/** @returns {{ pid: string, started: string, namespace: string, host: string } | undefined} */
export const parseOwner = (name) => OWNER.exec(name)?.groups

/** Whether the process has certainly ended. `false` for another host or container. */
export function hasEnded(owner) {
  const { pid, started, ...where } = parseOwner(owner)
  if (where.host !== hostname() || where.namespace !== namespace()) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if (error.code === 'ESRCH') return true
  }
  const stat = statOf(pid)
  const isZombie = stat.state === 'Z'
  const isReused = started !== '' && stat.started !== '' && started !== stat.started
  return isZombie || isReused
}

/** The state of a process and its start time in clock ticks since boot; empty except on Linux. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Field 2 is the name in parentheses, which may contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
    return { state: fields[0], started: fields[19] }
  } catch {
    return { state: '', started: '' }
  }
}

/** The PID namespace, which differs between containers; empty except on Linux. */
function namespace() {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')
  } catch {
    return ''
  }
}
