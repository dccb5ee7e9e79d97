import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Runs what needs `service.js`, which is there as long.
 *
 * @template T
 * @param {(service: Service) => Promise<T>} run
 * @returns {Promise<T>}
 *
 * @typedef {object} Service
 * @property {(cid: string, pace?: number) => string} endpoint that answers with this CID
 * @property {() => Promise<{ bytes: number, sha256: string }[]>} taken what arrived since it was last
 *   asked
 */
export async function serving(run) {
  const child = fork(fileURLToPath(new URL('service.js', import.meta.url)))
  try {
    const [port] = await once(child, 'message')
    const origin = `http://127.0.0.1:${port}`
    return await run({
      endpoint: (cid, pace = 0) => `${origin}/${cid}/${pace}`,
      taken: async () => (await fetch(`${origin}/taken`)).json(),
    })
  } finally {
    child.kill()
  }
}
