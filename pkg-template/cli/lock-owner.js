import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process as a file name: `PID-STARTED-NAMESPACE@HOST`. Two parts are empty except on Linux. */
const OWNER = /^(?<pid>\d+)-(?<started>\d*)-(?<machine>\d*@(?<host>.*))$/

/** The hostname and, on Linux, the PID namespace, which differs between containers. */
const MACHINE = `${read(() => readlinkSync('/proc/self/ns/pid')).replace(/\D/g, '')}@${hostname()}`

/** This process. */
export const currentOwner = () => `${process.pid}-${startOf(process.pid)}-${MACHINE}`

/** @returns {{ pid: string, started: string, machine: string, host: string } | undefined} */
export const parseOwner = (name) => OWNER.exec(name)?.groups

/** Whether the process has certainly ended. `false` for another host or container. */
export function hasEnded(owner) {
  const { pid, started, machine } = parseOwner(owner)
  if (machine !== MACHINE) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if (error.code === 'ESRCH') return true
  }
  const now = startOf(pid)
  return now === 'ended' || (now !== '' && started !== '' && now !== started)
}

/**
 * When a process was started, in clock ticks since boot: another process that has the same pid was
 * started later. `ended` if its parent has not waited for it yet, empty if unknown.
 */
function startOf(pid) {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // Field 2 is the name in parentheses, which may contain spaces and parentheses.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
  return state === 'Z' ? 'ended' : (fields[18] ?? '')
}

function read(source) {
  try {
    return source()
  } catch {
    return ''
  }
}
