/** The symbols of the dispatcher of Node's `fetch`. It is version 2 since undici 8. */
const DISPATCHERS = [2, 1].map((version) => Symbol.for(`undici.globalDispatcher.${version}`))

/**
 * Shortens the 300 s after which Node's `fetch` gives up, until the test `t` has ended.
 *
 * @param {import('node:test').TestContext} t
 * @param {{ headersTimeout?: number, bodyTimeout?: number }} limits in milliseconds
 */
export async function shortenLimits(t, limits) {
  // Node creates the dispatcher with the first request.
  await fetch('data:,')
  const symbol = DISPATCHERS.find((symbol) => globalThis[symbol])
  const usual = globalThis[symbol]
  t.after(() => (globalThis[symbol] = usual))
  globalThis[symbol] = new usual.constructor(limits)
}
