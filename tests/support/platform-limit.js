/** Where Node keeps what its `fetch` sends by: since undici 8 in the second. */
const DISPATCHERS = [2, 1].map((version) => Symbol.for(`undici.globalDispatcher.${version}`))

/**
 * Makes the 300 s after which Node's `fetch` gives up as short as it goes, until the test `t` has ended.
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
