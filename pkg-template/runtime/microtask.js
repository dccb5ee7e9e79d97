const resolved = Promise.resolve()

/** For the glue, instead of the global: tests with fake timers replace that one, and calls would hang. */
export function queueMicrotask(run) {
  resolved.then(run)
}
