import { builtin } from './value.js'

/** The clock as it is when the module is evaluated: tests replace it. */
const { setTimeout, clearTimeout } = globalThis

/** The milliseconds of work after which the runtime gets a turn for its timers, signals and sockets. */
const SLICE = 8

/** Milliseconds by a clock that nobody sets, where the runtime has one. */
export function now() {
  const time = globalThis.performance?.now?.()
  return Number.isFinite(time) ? time : Date.now()
}

/**
 * Lets the runtime do what is waiting: a resolved promise would not. Not by a timer where there is something
 * else: tests may have replaced it before this module was evaluated, and a call would hang.
 */
export function turn() {
  return new Promise((resolve) => {
    const { MessageChannel } = globalThis.MessageChannel
      ? globalThis
      : (builtin('worker_threads') ?? {})
    if (!MessageChannel) return setTimeout(resolve)
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/**
 * Runs a function after so many milliseconds: by the runtime's clock or by one that tests have replaced it
 * with, whichever is first.
 *
 * @returns {() => void} what stops it
 */
export function after(milliseconds, run) {
  const clocks = [{ setTimeout, clearTimeout }]
  if (globalThis.setTimeout !== setTimeout) clocks.push(globalThis)
  const stops = clocks.map(({ setTimeout, clearTimeout }) => {
    const timer = setTimeout(() => {
      stop()
      run()
    }, milliseconds)
    return () => clearTimeout(timer)
  })
  const stop = () => stops.forEach((stop) => stop())
  return stop
}

/** Gives the runtime a turn whenever a loop has worked for long. */
export class Breaks {
  #since = now()

  async take() {
    if (now() - this.#since < SLICE) return
    await turn()
    this.#since = now()
  }
}
