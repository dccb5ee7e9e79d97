import { PinError } from './error.js'

/** The calls that Rust has not answered yet: how to reject each, and what became of its money. */
const pending = new Map()

/** The timers of the instance. They would keep a process alive that has lost it. */
const timers = new Set()

/** What cancels the requests of the instance, which would go on without it. */
const controllers = new Set()

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

const settled = Promise.resolve()

/** `queueMicrotask` for Rust, by what no test replaces: a turn that never came would be the last. */
export function soon(run) {
  settled.then(run)
}

/** Called by the panic hook in Rust, just before the trap. */
export function panicked(message) {
  lastWords = message
}

/** `setTimeout` for Rust. */
export function startTimer(then, milliseconds) {
  const timer = setTimeout(then, milliseconds)
  timers.add(timer)
  return timer
}

/** `new AbortController` for Rust, of the host's work for one call. */
export function startWork() {
  const controller = new AbortController()
  controllers.add(controller)
  return controller
}

/** Cancels it. What a listener of somebody else's throws is no reason to lose a call. */
export function cancelWork(controller) {
  try {
    controller.abort()
  } catch {
    // Nobody is left to be told.
  }
}

/** The call has ended, and its work with it. */
export function endWork(controller) {
  controllers.delete(controller)
}

/** `clearTimeout` for Rust, whether the timer has run or not. */
export function stopTimer(timer) {
  clearTimeout(timer)
  timers.delete(timer)
}

/** Milliseconds from some beginning, by a clock that nobody sets, where the host has one. */
export function now() {
  const time = globalThis.performance?.now?.()
  return Number.isFinite(time) ? time : Date.now()
}

/** What a value becomes that may be a promise of the caller's, however that fails. */
export const settle = async (value) => value

/** Calls a method that may be the caller's, whatever it throws, and settles what it gives. */
export const ask = async (object, method, argument) => object[method](argument)

/** The host's next turn, for Rust, by the soonest that it has; older Workers have timers alone. */
export function turn() {
  return new Promise((resolve) => {
    if (globalThis.setImmediate) setImmediate(resolve)
    else if (globalThis.MessageChannel) post(resolve)
    else setTimeout(resolve)
  })
}

function post(resolve) {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    resolve()
  }
  port2.postMessage(null)
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
  for (const timer of timers) stopTimer(timer)
  for (const controller of controllers) cancelWork(controller)
  controllers.clear()
  try {
    renew()
  } catch {
    // No memory for a fresh instance: the old one has to go on.
  }
}
