import { once } from 'node:events'
import { createServer } from 'node:http'
import net from 'node:net'
import { FAULTS } from './table.js'

/**
 * A POST that the server received.
 *
 * @typedef {object} Post
 * @property {import('node:http').IncomingMessage} request
 * @property {Buffer | undefined} body the whole body, once it was read
 * @property {Promise<void>} closed resolves when the connection is closed, which is noticed only
 *   while it is read
 */

/**
 * A POST that a fault handles.
 *
 * @typedef {object} Exchange
 * @property {import('node:http').IncomingMessage} request
 * @property {import('node:http').ServerResponse} response has the CORS headers and closes
 * @property {import('node:net').Socket} socket for what HTTP does not allow
 * @property {() => Promise<Buffer>} read the whole body
 * @property {number} nth the number of this POST of the fault, from 1
 */

/**
 * Starts the server that misbehaves.
 *
 * @param {import('./table.js').Fault[]} [faults]
 * @returns {Promise<{
 *   endpoint(fault: { name: string, at?: string, query?: string }): string,
 *   posts(fault: { name: string, query?: string }): Post[],
 *   next(fault: { name: string, query?: string }): Promise<Post>,
 *   strays: import('node:http').IncomingMessage[],
 *   close(): Promise<void>
 * }>} `next` is the next POST, as soon as its headers arrive; `strays` are requests that belong to no
 *   fault, such as one that followed a redirect. The POSTs of each `query` are counted apart
 */
export async function startFaults(faults = FAULTS) {
  const byPath = new Map(faults.map((fault) => [pathOf(fault), fault]))
  const posts = new Map()
  const postsTo = (path) => posts.get(path) ?? posts.set(path, []).get(path)
  const strays = []
  const server = createServer((request, response) => {
    // The request target may be a whole URL, as for a proxy.
    const { pathname, search } = new URL(request.url, 'http://127.0.0.1')
    const fault = byPath.get(pathname)
    allow(response)
    if (request.method === 'OPTIONS') return preflight(response, fault)
    if (fault && request.method === 'POST')
      return serve(fault, pathname + search, request, response)
    strays.push(request)
    if (pathname === '/busy') response.statusCode = 429
    request.resume().on('end', () => response.end())
  })

  function serve(fault, path, request, response) {
    const { socket } = request
    const closed = new Promise((close) => socket.on('close', close))
    const post = { request, body: undefined, closed }
    const nth = postsTo(path).push(post)
    server.emit(`post ${path}`, post)
    const read = async () => (post.body = Buffer.concat(await request.toArray()))
    Promise.resolve(fault.serve({ request, response, socket, read, nth })).catch((error) => {
      if (!socket.destroyed) throw error
    })
  }

  const servers = [
    server,
    // Not before the client knows that it is connected; otherwise it certainly sends nothing.
    net.createServer((socket) => setImmediate(() => socket.resetAndDestroy())),
    net.createServer((socket) => socket.end()),
    net.createServer({ pauseOnConnect: true }, () => {}),
  ]
  const connections = new Set()
  for (const each of servers) {
    each.on('connection', (socket) => {
      connections.add(socket)
      socket.on('close', () => connections.delete(socket))
      socket.on('error', () => {})
    })
    await once(each.listen(0, '127.0.0.1'), 'listening')
  }
  const [port, resetting, closing, deaf] = servers.map((each) => each.address().port)

  // The local end of a connection reserves a port on which no server listens.
  const holder = net.connect(port, '127.0.0.1')
  await once(holder, 'connect')

  const endpoints = {
    refused: `http://127.0.0.1:${holder.localPort}/`,
    'refused by each address': `http://localhost:${holder.localPort}/`,
    // Too long for a label of the DNS, so that no name server is asked.
    unresolvable: `http://${'x'.repeat(64)}.invalid/`,
    tls: `https://127.0.0.1:${port}/`,
    resetting: `http://127.0.0.1:${resetting}/`,
    closing: `http://127.0.0.1:${closing}/`,
    deaf: `http://127.0.0.1:${deaf}/`,
  }

  return {
    endpoint: (fault) => endpoints[fault.at] ?? `http://127.0.0.1:${port}${pathOf(fault)}`,
    posts: (fault) => postsTo(pathOf(fault)),
    next: async (fault) => (await once(server, `post ${pathOf(fault)}`))[0],
    strays,
    async close() {
      holder.destroy()
      const closed = servers.map((each) => once(each, 'close'))
      for (const each of servers) each.close()
      for (const socket of connections) socket.destroy()
      await Promise.all(closed)
    },
  }
}

const pathOf = ({ name, query = '' }) => `/fault/${encodeURIComponent(name)}${query}`

/** The CORS headers that the service sends to pages of any origin. */
function allow(response) {
  response.setHeader('Access-Control-Allow-Origin', '*')
  // Chromium automatically repeats a POST when a reused connection breaks, and the preflight counts as
  // a use. So each fault gets its own connection.
  response.setHeader('Connection', 'close')
}

function preflight(response, fault) {
  response.setHeader('Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE')
  response.setHeader('Access-Control-Allow-Headers', 'authorization,content-type')
  fault?.preflight?.(response)
  response.end()
}
