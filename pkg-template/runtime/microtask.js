const resolved = Promise.resolve()

/**
 * Takes the place of the global in the glue. Tests with fake timers replace that one, and a call
 * would hang until they advance their clock.
 */
export function queueMicrotask(run) {
  resolved.then(run)
}
