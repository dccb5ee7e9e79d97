/** A timeout that no test reaches by waiting, in milliseconds. */
export const LIMIT = 234_567

/**
 * A `setTimeout` whose timers of `LIMIT` expire when `reach` is called, however busy the machine is. Runs in
 * Node and in a page.
 *
 * @returns {{ setTimeout: typeof globalThis.setTimeout, reach(): void }}
 */
export function limited() {
  const { setTimeout } = globalThis
  const waiting = []
  return {
    setTimeout: (run, ms, ...args) =>
      ms === LIMIT ? { place: waiting.push(run) } : setTimeout(run, ms, ...args),
    reach: () => waiting.splice(0).forEach((run) => run()),
  }
}

/**
 * A timeout that expires when the test calls `reach`.
 *
 * @param {import('node:test').TestContext} t
 * @returns {{ timeout: number, reach(): void }} `timeout` is the option of a call
 */
export function limit(t) {
  const { setTimeout, reach } = limited()
  t.mock.method(globalThis, 'setTimeout', setTimeout)
  return { timeout: LIMIT, reach }
}
