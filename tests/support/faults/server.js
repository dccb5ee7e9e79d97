import { once } from 'node:events'
import { createServer } from 'node:http'
import net from 'node:net'
import { FAULTS } from './table.js'

/**
 * One POST as the server saw it.
 *
 * @typedef {object} Post
 * @property {import('node:http').IncomingMessage} request
 * @property {Buffer | undefined} body the whole body, once it was read
 * @property {Promise<void>} closed the connection is gone, which shows only while it is read
 */

/**
 * A POST that a fault has to do something to.
 *
 * @typedef {object} Exchange
 * @property {import('node:http').IncomingMessage} request
 * @property {import('node:http').ServerResponse} response has the CORS headers and closes
 * @property {import('node:net').Socket} socket for what HTTP does not allow
 * @property {() => Promise<Buffer>} read the whole body
 * @property {number} nth how many POSTs this fault has seen, with this one
 */

/**
 * Starts the server that misbehaves.
 *
 * @param {import('./table.js').Fault[]} [faults]
 * @returns {Promise<{
 *   endpoint(fault: { name: string, at?: string }): string,
 *   posts(fault: { name: string }): Post[],
 *   next(fault: { name: string }): Promise<Post>,
 *   strays: import('node:http').IncomingMessage[],
 *   close(): Promise<void>
 * }>} `next` is the next POST, as soon as its headers are there; `strays` are the requests that no
 *   fault asked for, such as one that followed a redirect
 */
export async function startFaults(faults = FAULTS) {
  const byPath = new Map(faults.map((fault) => [pathOf(fault), fault]))
  const posts = new Map(faults.map(({ name }) => [name, []]))
  const strays = []
  const server = createServer((request, response) => {
    // The address may be a whole one, as a proxy is asked for it.
    const { pathname } = new URL(request.url, 'http://127.0.0.1')
    const fault = byPath.get(pathname)
    allow(response)
    if (request.method === 'OPTIONS') return preflight(response, fault)
    if (fault && request.method === 'POST') return serve(fault, request, response)
    strays.push(request)
    if (pathname === '/busy') response.statusCode = 429
    request.resume().on('end', () => response.end())
  })

  function serve(fault, request, response) {
    const { socket } = request
    const closed = new Promise((close) => socket.on('close', close))
    const post = { request, body: undefined, closed }
    const nth = posts.get(fault.name).push(post)
    server.emit(`post ${fault.name}`, post)
    const read = async () => (post.body = Buffer.concat(await request.toArray()))
    Promise.resolve(fault.serve({ request, response, socket, read, nth })).catch((error) => {
      if (!socket.destroyed) throw error
    })
  }

  const servers = [
    server,
    // Not before the other end knows that it is connected, which certainly sends nothing otherwise.
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

  // The near end of a connection holds a port on which nobody listens.
  const holder = net.connect(port, '127.0.0.1')
  await once(holder, 'connect')

  const places = {
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
    endpoint: (fault) => places[fault.at] ?? `http://127.0.0.1:${port}${pathOf(fault)}`,
    posts: ({ name }) => posts.get(name),
    next: async ({ name }) => (await once(server, `post ${name}`))[0],
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

const pathOf = ({ name }) => `/fault/${encodeURIComponent(name)}`

/** What the service's host sends to pages of any origin. */
function allow(response) {
  response.setHeader('Access-Control-Allow-Origin', '*')
  // Chromium automatically sends a POST again when a connection that it had used before breaks, and
  // the preflight is such a use: a fault is to meet a connection of its own.
  response.setHeader('Connection', 'close')
}

function preflight(response, fault) {
  response.setHeader('Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE')
  response.setHeader('Access-Control-Allow-Headers', 'authorization,content-type')
  fault?.preflight?.(response)
  response.end()
}
