/** A time limit that no test reaches by waiting, in milliseconds. */
export const LIMIT = 234_567

/**
 * A time limit that is reached when the test says so, however busy the machine is.
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
