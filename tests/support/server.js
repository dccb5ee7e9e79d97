import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * A server with the behaviour of a test, closed when the test `t` has ended.
 *
 * @param {import('node:test').TestContext} t
 * @param {import('node:http').RequestListener} answer
 * @returns {Promise<{
 *   url: string,
 *   requests: import('node:http').IncomingMessage[],
 *   hungUp: Promise<void>,
 * }>} its address without a slash at the end, what it was asked, and the end of its first connection
 */
export async function serve(t, answer) {
  const requests = []
  // A connection that ends by time may end as the client sends its next request.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    requests.push(request)
    answer(request, response)
  })
  const hungUp = new Promise((resolve) => {
    server.once('connection', (socket) => socket.on('close', () => resolve()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${server.address().port}`, requests, hungUp }
}
