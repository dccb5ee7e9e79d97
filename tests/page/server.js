import { once } from 'node:events'
import { createServer } from 'node:http'

/**
 * A server of another origin that pages may read, closed when the test `t` has ended.
 *
 * @param {import('node:test').TestContext} t
 * @param {import('node:http').RequestListener} answer handles all requests except preflights
 * @returns {Promise<string>} its URL
 */
export async function serve(t, answer) {
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type')
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After')
    if (request.method === 'OPTIONS') response.end()
    else answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${server.address().port}/`
}

/** Responds to every request with JSON. */
export function json(value, status = 200) {
  return (request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
    })
  }
}
