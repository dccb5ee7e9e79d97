// Read when the module is evaluated: tests replace them by fake timers, which do not fire on their own.
const { setImmediate, setTimeout } = globalThis
// Node takes a millisecond to load it, and has `setImmediate`.
const MessageChannel = setImmediate ? undefined : globalThis.MessageChannel

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

/** Yields to the event loop. A resolved promise does not. */
export function turn() {
  return new Promise((resolve) => {
    if (setImmediate) setImmediate(resolve)
    else if (MessageChannel) post(resolve)
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

/** Yields to the event loop if a loop has worked for long. */
export class Breaks {
  #since = now()

  async take() {
    if (now() - this.#since < SLICE) return
    await turn()
    this.#since = now()
  }
}
