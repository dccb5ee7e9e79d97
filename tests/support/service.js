import { SMALL, json, receiptOf } from './faults/answers.js'
import { startFaults } from './faults/server.js'
import { TOKEN } from './faults/leaks.js'

/**
 * A receipt for any bytes: only the CID of a raw block proves a mismatch, and this is the root of a
 * tree.
 */
export const RECEIPT = receiptOf({
  size: SMALL.size,
  cid: 'bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa',
})

/**
 * A service that handles every order in the same way, until the test or suite has ended. By default
 * it accepts them.
 *
 * @param {{ after(stop: () => Promise<void>): void }} test
 * @param {import('./faults/table.js').Fault['serve']} [serve]
 */
export async function service(test, serve = json(RECEIPT)) {
  const order = { name: 'order', serve }
  const faults = await startFaults([order])
  test.after(() => faults.close())
  return {
    options: { token: TOKEN, endpoint: faults.endpoint(order) },
    posts: faults.posts(order),
    next: () => faults.next(order),
  }
}

/** Reads nothing and never responds. */
export const silence = () => {}

/**
 * The parts of a form as it was sent.
 *
 * @param {import('./faults/server.js').Post} post
 * @returns {{ head: string, bytes: Buffer }[]}
 */
export function parts({ request: { headers }, body }) {
  const [, boundary] = /^multipart\/form-data; ?boundary=([\w.-]+)$/.exec(headers['content-type'])
  const pieces = body.toString('latin1').split(`--${boundary}`)
  return pieces.slice(1, -1).map((piece) => {
    const end = piece.indexOf('\r\n\r\n')
    return {
      head: Buffer.from(piece.slice(2, end), 'latin1').toString(),
      bytes: Buffer.from(piece.slice(end + 4, -2), 'latin1'),
    }
  })
}
