/** A timeout that no test reaches by waiting, in milliseconds. */
export const LIMIT = 234_567

/**
 * A timeout that expires when the test calls `reach`, however busy the machine is.
 *
 * @param {import('node:test').TestContext} t
 * @returns {{ timeout: number, reach(): void }} `timeout` is the option of a call
 */
export function limit(t) {
  const { setTimeout } = globalThis
  const waiting = []
  t.mock.method(globalThis, 'setTimeout', (run, ms, ...args) => {
    if (ms !== LIMIT) return setTimeout(run, ms, ...args)
    return { place: waiting.push(run) }
  })
  return { timeout: LIMIT, reach: () => waiting.splice(0).forEach((run) => run()) }
}
