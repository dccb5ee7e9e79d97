import { RECEIPT, json } from '../support/faults/answers.js'
import { startFaults } from '../support/faults/server.js'

/**
 * The service that relays pass on to, until the suite has ended. It fills every order, or does what
 * `serve` is set to.
 */
export async function startUpstream(t) {
  const order = { name: 'order', serve: (exchange) => upstream.serve(exchange) }
  const faults = await startFaults([order])
  t.after(() => faults.close())
  const upstream = {
    serve: json(RECEIPT),
    endpoint: faults.endpoint(order),
    posts: faults.posts(order),
    next: () => faults.next(order),
    strays: faults.strays,
  }
  return upstream
}
