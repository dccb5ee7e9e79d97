// Taken when the module is evaluated: tests replace them, and a turn that never comes hangs a call.
// Taken at once: fake timers of tests never fire on their own.
const { setImmediate, setTimeout } = globalThis
// Node takes a millisecond to load it, and has the former.
const MessageChannel = setImmediate ? undefined : globalThis.MessageChannel

/** The milliseconds of work after which the runtime gets a turn for its timers, signals and sockets. */
const SLICE = 8

/** Milliseconds by a clock that nobody sets, where the runtime has one. */
export function now() {
  try {
    const time = performance.now()
    if (Number.isFinite(time)) return time
  } catch {
    // It has none.
  }
  return Date.now()
}

/** Lets the runtime do what is waiting: a resolved promise would not. */
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

/** Gives the runtime a turn whenever a loop has worked for long. */
export class Breaks {
  #since = now()

  async take() {
    if (now() - this.#since < SLICE) return
    await turn()
    this.#since = now()
  }
}
