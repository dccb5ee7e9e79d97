import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'
import { addAbortSignal } from 'node:stream'
import tls from 'node:tls'
import { proxyFor } from './proxy.js'

/** After how many idle milliseconds the system checks whether a connection is alive. */
const KEEP_ALIVE_MS = 60_000

/** How long a server or a proxy may say nothing before there is a connection, as in Node's own `fetch`. */
const CONNECT_MS = 10_000

/** The connections that are being opened; `undefined` once there may be no more. */
let attempts = new Set()

/** Fails all connections that are being opened, and every later one. Open connections go on. */
export function stopConnecting() {
  attempts?.forEach((attempt) => attempt.abort())
  attempts = undefined
}

/**
 * Connects to the server of a URL: directly, or through the proxy of the environment. No part of a request is
 * sent before this resolves. So every rejection has the `syscall` of a failed connection: the package then
 * reports that nothing was sent.
 *
 * @param {URL} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ socket: net.Socket, proxyHeaders?: Record<string, string> }>} `proxyHeaders` if the socket
 *   ends at the proxy: a request then needs them, and the whole URL
 */
export async function connect(url, signal) {
  const attempt = new AbortController()
  const either = AbortSignal.any(signal ? [signal, attempt.signal] : [attempt.signal])
  try {
    if (!attempts) throw new Error('Interrupted')
    attempts.add(attempt)
    const found = proxyFor(url)
    if (!found) return { socket: (await open(url, either)).setTimeout(0) }
    const socket = await open(found.proxy, either)
    if (url.protocol === 'http:')
      return { socket: socket.setTimeout(0), proxyHeaders: found.headers }
    await tunnel(url, found, socket)
    socket.setTimeout(0)
    return { socket: (await open(url, either, socket)).setTimeout(0) }
  } catch (cause) {
    throw Object.assign(new Error(`Cannot connect to ${url.host}`, { cause }), {
      syscall: 'connect',
    })
  } finally {
    attempts?.delete(attempt)
  }
}

/** Opens a connection, with TLS for https. The caller ends its timeout, once it needs no further step. */
async function open({ protocol, hostname, port }, signal, socket) {
  const host = hostname.replace(/^\[|\]$/g, '')
  const isSecure = protocol === 'https:'
  const options = { host, port: Number(port) || (isSecure ? 443 : 80), socket }
  const opened = isSecure
    ? tls.connect({ ...options, servername: net.isIP(host) ? undefined : host })
    : net.connect(options)
  addAbortSignal(signal, opened)
  // A connection may break at any time, also when nobody listens for errors.
  opened.on('error', () => {})
  opened.setTimeout(CONNECT_MS, () =>
    opened.destroy(new Error(`${host} did not answer within ${CONNECT_MS / 1000} s`)),
  )
  await once(opened, isSecure ? 'secureConnect' : 'connect')
  return opened.setKeepAlive(true, KEEP_ALIVE_MS)
}

/** Asks a proxy for a tunnel to the server of a URL. */
async function tunnel({ hostname, port }, { proxy, headers }, socket) {
  const host = `${hostname}:${port || 443}`
  const request = http.request({
    method: 'CONNECT',
    path: host,
    headers: { host, ...headers },
    createConnection: () => socket,
  })
  request.end()
  const { statusCode } = await new Promise((resolve, reject) => {
    request.on('connect', resolve)
    request.on('error', reject)
    request.on('close', () => reject(new Error(`The proxy ${proxy.host} closed the connection`)))
  })
  if (statusCode === 200) return
  socket.destroy()
  const advice = statusCode === 407 ? '; check its user name and password' : ''
  throw new Error(
    `The proxy ${proxy.host} refused to connect to ${host} (status ${statusCode})${advice}`,
  )
}
