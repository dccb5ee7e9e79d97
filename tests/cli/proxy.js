import http from 'node:http'
import net from 'node:net'
import { once } from 'node:events'

/**
 * Starts a proxy that is closed when the test `t` has ended. It opens tunnels, and forwards http requests.
 *
 * @param {import('node:test').TestContext} t
 * @param {(socket: net.Socket, request: http.IncomingMessage) => void} [onConnect] instead of a tunnel
 * @returns {Promise<{ url: string, requests: http.IncomingMessage[] }>} with the requests that it received
 */
export async function startProxy(t, onConnect = tunnel) {
  const requests = []
  const sockets = new Set()
  const server = http.createServer((request, response) => {
    requests.push(request)
    const { method, headers } = request
    const onward = http.request(request.url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  server.on('connect', (request, socket) => {
    requests.push(request)
    socket.on('error', () => {})
    onConnect(socket, request)
  })
  server.on('connection', (socket) => sockets.add(socket))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { url: `http://127.0.0.1:${server.address().port}`, requests }
}

function tunnel(socket, { url }) {
  const { hostname, port } = new URL(`http://${url}`)
  const onward = net.connect(Number(port), hostname, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    onward.pipe(socket).pipe(onward)
  })
  onward.on('error', () => socket.destroy())
}

/** Responds to CONNECT with an error status. */
export const refuse = (status) => (socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
