import { after } from './timer.js'
import { get } from './value.js'

/** The calls that are under way. After a panic nothing of theirs may go on. */
const calls = new Set()

/** The listeners on the signals of these calls. */
const listeners = new Map()

/** What ends a call early. Rust knows these by their numbers. */
const RUNNING = 0
const ABORTED = 1
const TIMED_OUT = 2

/** What can end a call early, and what has to stop when it ends. */
export class Cancellation {
  /** How the call ended early, or `RUNNING`. */
  state = RUNNING
  /** The reason of the caller's signal. */
  reason
  /** Resolves when the call ends early; `undefined` where nothing can end it. */
  ended
  #resolve
  #controller
  /** How to stop each timer, and what it runs. */
  #timers = new Map()
  #listener

  /**
   * @param {AbortSignal | undefined} signal the caller's
   * @param {number} timeout in milliseconds; 0 for none
   */
  constructor(signal, timeout) {
    if (typeof AbortController !== 'function') throw new TypeError('There is no AbortController')
    calls.add(this)
    if (!signal && timeout === 0) return
    this.ended = new Promise((resolve) => (this.#resolve = resolve))
    if (timeout > 0) this.#after(timeout, () => this.end(TIMED_OUT))
    if (signal) this.#listener = AbortListener.on(signal)
    this.#listener?.add(this)
  }

  /** Aborts when the call ends early: for the requests of the call. */
  get signal() {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  /** The first reason counts. */
  end(state, reason) {
    if (this.state !== RUNNING) return
    this.state = state
    this.reason = reason
    this.#resolve()
  }

  /** Resolves after so many milliseconds, or when the call ends. */
  sleep(milliseconds) {
    return new Promise((resolve) => this.#after(milliseconds, resolve))
  }

  /** Stops the requests of the call. */
  abort() {
    try {
      this.#controller?.abort()
    } catch {
      // A listener of a polyfill threw.
    }
  }

  /** The call has ended. Rust holds the memory of a future until its promise is settled. */
  close() {
    calls.delete(this)
    this.#listener?.remove(this)
    for (const [stop, run] of this.#timers) {
      stop()
      run()
    }
    this.#resolve?.()
  }

  #after(milliseconds, run) {
    const stop = after(milliseconds, () => {
      this.#timers.delete(stop)
      run()
    })
    this.#timers.set(stop, run)
  }
}

/** Stops all calls that are under way. */
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
      // A polyfill that cannot be listened to.
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
      // It goes with the signal.
    }
  }

  #end(call) {
    call.end(ABORTED, get(this.#signal, 'reason'))
  }
}
