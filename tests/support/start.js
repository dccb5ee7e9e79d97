/**
 * Waits for something to start, and closes it when the test has ended.
 *
 * @template {{ close(): unknown }} T
 * @param {import('node:test').TestContext} t
 * @param {Promise<T>} starting
 * @returns {Promise<T>}
 */
export async function start(t, starting) {
  const started = await starting
  t.after(() => started.close())
  return started
}
