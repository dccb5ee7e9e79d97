import { builtin } from './value.js'

/** Read when the module is evaluated: tests replace them by fake timers, which do not fire on their own. */
const { setTimeout, clearTimeout } = globalThis

/** The milliseconds of work after which a loop yields to the event loop. */
const SLICE = 8

/** Returns the time in milliseconds, of a monotonic clock if the runtime has one. */
export function now() {
  try {
    const time = performance.now()
    if (Number.isFinite(time)) return time
  } catch {
    // It has none.
  }
  return Date.now()
}

/**
 * Yields to the event loop. A resolved promise does not. Without a timer if there is something else: tests may
 * have replaced it before this module was evaluated.
 */
function yieldToEventLoop() {
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
 * Runs a function after a time in milliseconds: by the timers of the runtime or by fake ones of a test,
 * whichever are first.
 *
 * @returns {() => void} stops it
 */
export function after(milliseconds, run) {
  const stops = []
  const stop = () => stops.forEach((stop) => stop())
  const start = ({ setTimeout, clearTimeout }) => {
    const timer = setTimeout(() => {
      stop()
      run()
    }, milliseconds)
    stops.push(() => {
      try {
        clearTimeout(timer)
      } catch {
        // A broken runtime. In Node a timer would keep the process running.
        timer.unref?.()
      }
    })
  }
  start({ setTimeout, clearTimeout })
  try {
    if (globalThis.setTimeout !== setTimeout) start(globalThis)
  } catch {
    // The fake timers are broken.
  }
  return stop
}

/** Yields to the event loop if a loop has worked for long. */
export class Breaks {
  #since = now()

  async take() {
    if (now() - this.#since < SLICE) return
    await yieldToEventLoop()
    this.#since = now()
  }
}
