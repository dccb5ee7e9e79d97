/**
 * Answers all requests of this process from here. What the package makes of an answer is the same,
 * and a hundred thousand connections would keep the machine from others.
 *
 * @param {import('node:test').TestContext} t
 * @param {() => Promise<Response>} answer
 */
export function replaceFetch(t, answer) {
  const { fetch } = globalThis
  t.after(() => (globalThis.fetch = fetch))
  globalThis.fetch = async (...args) => {
    // The whole order goes out.
    await new Request(...args).arrayBuffer()
    return answer()
  }
}
