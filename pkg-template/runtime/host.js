// What Rust asks of the host where that may throw, be replaced, or outlive the instance.

/** The timers of the instance. They would keep a process alive that has lost it. */
const timers = new Set()

/** What cancels the requests of the instance, which would go on without it. */
const controllers = new Set()

/** `setTimeout` for Rust. */
export function startTimer(then, milliseconds) {
  const timer = setTimeout(then, milliseconds)
  timers.add(timer)
  return timer
}

/** `clearTimeout` for Rust, whether the timer has run or not. */
export function stopTimer(timer) {
  clearTimeout(timer)
  timers.delete(timer)
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

/** Ends all that an instance has under way, which is gone. */
export function release() {
  for (const timer of timers) stopTimer(timer)
  for (const controller of controllers) cancelWork(controller)
  controllers.clear()
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
