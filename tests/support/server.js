import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * A server with a request handler of a test, closed when the test `t` has ended.
 *
 * @param {import('node:test').TestContext} t
 * @param {import('node:http').RequestListener} answer
 * @returns {Promise<{
 *   url: string,
 *   requests: import('node:http').IncomingMessage[],
 *   hungUp: Promise<void>,
 * }>} its URL without a trailing slash, its requests, and when its first connection was closed
 */
export async function serve(t, answer) {
  const requests = []
  // A keep-alive timeout could close a connection while the client sends its next request.
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
