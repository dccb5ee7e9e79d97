import { after } from './timer.js'
import { get } from './value.js'

/** The running calls, which all stop after a panic. */
const calls = new Set()

/** The listeners of these calls, by signal. */
const listeners = new Map()

/** The states of a call. Rust uses the numbers. */
const RUNNING = 0
const ABORTED = 1
const TIMED_OUT = 2

/** The cancellation of one call, by a signal or a timeout. */
export class Cancellation {
  /** `RUNNING`, or how the call ended early. */
  state = RUNNING
  /** The reason of the signal. */
  reason
  /** Resolves when the call ends early; `undefined` without a signal and a timeout. */
  ended
  #resolve
  #controller
  #isUsed = false
  #stopTimeout
  /** The functions that stop the timers of `sleep`, with those that resolve its promises. */
  #sleeps = new Map()
  #listener

  /**
   * @param {AbortSignal | undefined} signal the caller's
   * @param {number} timeout in milliseconds; 0 for none
   */
  constructor(signal, timeout) {
    this.#controller = new AbortController()
    calls.add(this)
    if (!signal && timeout === 0) return
    this.ended = new Promise((resolve) => (this.#resolve = resolve))
    if (timeout > 0) this.#stopTimeout = after(timeout, () => this.end(TIMED_OUT))
    if (signal) this.#listener = AbortListener.on(signal)
    this.#listener?.add(this)
  }

  /**
   * The signal for the next request: it aborts when the call ends, or at the request after it. Node keeps a
   * listener for each request as long as the signal exists, and warns about more than ten.
   */
  nextSignal() {
    if (this.#isUsed) {
      this.abort()
      this.#controller = new AbortController()
    }
    this.#isUsed = true
    return this.#controller.signal
  }

  /** The first reason counts. */
  end(state, reason) {
    if (this.state !== RUNNING) return
    this.state = state
    this.reason = reason
    this.abort()
    this.#resolve()
  }

  /** Resolves after some milliseconds, or when the call ends. */
  sleep(milliseconds) {
    return new Promise((resolve) => {
      const stop = after(milliseconds, () => {
        this.#sleeps.delete(stop)
        resolve()
      })
      this.#sleeps.set(stop, resolve)
    })
  }

  /** Stops the request of the call. */
  abort() {
    try {
      this.#controller.abort()
    } catch {
      // A listener of a polyfill threw.
    }
  }

  /** Ends the call. Settles all promises: Rust keeps the memory of a future until then. */
  close() {
    calls.delete(this)
    this.#listener?.remove(this)
    this.#stopTimeout?.()
    for (const [stop, resolve] of this.#sleeps) {
      stop()
      resolve()
    }
    this.#resolve?.()
  }
}

/** Stops all running calls. */
export function cancelAll() {
  for (const call of calls) {
    call.close()
    call.abort()
  }
}

/** Whether a value can be used as an `AbortSignal`, also a polyfilled one. */
export function isSignal(value) {
  try {
    return typeof value.aborted === 'boolean' && typeof value.addEventListener === 'function'
  } catch {
    return false
  }
}

/** The `abort` listener that all calls with one signal share: Node warns about more than ten. */
class AbortListener {
  #signal
  #calls = new Set()
  #onAbort = () => {
    for (const call of this.#calls) this.#end(call)
  }

  constructor(signal) {
    this.#signal = signal
    listeners.set(signal, this)
    try {
      signal.addEventListener('abort', this.#onAbort)
    } catch {
      // A broken polyfill.
    }
  }

  static on(signal) {
    return listeners.get(signal) ?? new AbortListener(signal)
  }

  add(call) {
    this.#calls.add(call)
    if (get(this.#signal, 'aborted')) this.#end(call)
  }

  remove(call) {
    this.#calls.delete(call)
    if (this.#calls.size > 0) return
    listeners.delete(this.#signal)
    try {
      this.#signal.removeEventListener('abort', this.#onAbort)
    } catch {
      // A broken polyfill.
    }
  }

  #end(call) {
    call.end(ABORTED, get(this.#signal, 'reason'))
  }
}
