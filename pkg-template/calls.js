import { PinError } from './error.js'
import { release } from './host.js'

/** The calls that Rust has not answered yet: how to reject each, and what became of its money. */
const pending = new Map()

let renew
let lastWords
let depth = 0
let trap

/**
 * Enters Rust once and follows the call to its end.
 *
 * @param {{ __wbg_reset_state(): void }} glue the instance, and how to replace it
 * @param {string} name the function to enter
 * @param {unknown[]} args
 * @returns {Promise<unknown>}
 */
export function enter(glue, name, args) {
  renew = glue.__wbg_reset_state
  return new Promise((resolve, reject) => {
    pending.set(reject, name.startsWith('pin') ? 'unknown' : 'not-sent')
    const end = (settle) => (value) => {
      pending.delete(reject)
      settle(value)
    }
    guard(() => glue[name](...args).then(end(resolve), end(reject)))
  })
}

/** Called by the panic hook in Rust, just before the trap. */
export function panicked(message) {
  lastWords = message
}

/**
 * Everything that runs Rust code runs through here. A trap leaves the instance in a state that
 * nothing may be built on: every call under way is rejected and a fresh instance takes over.
 *
 * @template T
 * @param {() => T} run
 * @returns {T | undefined}
 */
export function guard(run) {
  depth++
  try {
    return run()
  } catch (cause) {
    trap ??= { cause }
  } finally {
    // What called back into Rust from within Rust has to return there before the instance goes.
    if (--depth === 0 && trap) recover()
  }
}

function recover() {
  const { cause } = trap
  const message = `Internal error in numbers-pin, please report it: ${lastWords ?? cause}`
  const calls = [...pending]
  pending.clear()
  trap = lastWords = undefined
  for (const [reject, outcome] of calls)
    reject(new PinError(message, { code: 'internal', outcome, cause }))
  release()
  try {
    renew()
  } catch {
    // No memory for a fresh instance: the old one has to go on.
  }
}
