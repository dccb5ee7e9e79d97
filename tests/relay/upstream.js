import { RECEIPT, json } from '../support/faults/answers.js'
import { startFaults } from '../support/faults/server.js'

/**
 * Starts the service that relays forward to. It accepts every order, unless `serve` is replaced. It is
 * closed after the suite.
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
