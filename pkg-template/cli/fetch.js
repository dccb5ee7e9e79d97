import http from 'node:http'
import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { connect } from './connect.js'

/** The maximum number of redirects that are followed. */
const MAX_REDIRECTS = 20

/** Responses with these statuses have no body. */
const BODILESS = [204, 205, 304]

/**
 * Replaces Node's `fetch`, which uses proxies only in newer versions and if configured, and gives up after
 * 300 s without a byte. Each request has a connection of its own, is sent once, and waits as long as its
 * signal allows. Redirects of requests without a body are followed, unless `redirect` is `manual`.
 *
 * @type {typeof globalThis.fetch}
 */
export async function fetch(address, init = {}) {
  let url = new URL(address)
  for (let redirects = 0; ; redirects += 1) {
    const message = await send(url, init)
    const target = redirectOf(message, init)
    if (target === undefined) return toResponse(message)
    message.destroy()
    if (redirects === MAX_REDIRECTS) throw new Error(`More than ${MAX_REDIRECTS} redirects`)
    url = new URL(target, url)
    if (!/^https?:$/.test(url.protocol))
      throw new Error(`A redirect to a ${url.protocol} URL is not followed`)
  }
}

/** Resolves to the response as soon as its headers are there. */
async function send(url, { method = 'GET', headers, body, signal }) {
  signal?.throwIfAborted()
  const { socket, proxyHeaders } = await connect(url, signal)
  const request = http.request({
    method,
    path: proxyHeaders ? url.href : url.pathname + url.search,
    headers: {
      host: url.host,
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'node',
      ...proxyHeaders,
      ...Object.fromEntries(new Headers(headers)),
    },
    createConnection: () => socket,
  })
  return new Promise((resolve, reject) => {
    request.on('response', (message) => {
      // No other request uses the connection. The rest of an upload is not sent.
      message.on('close', () => socket.destroy())
      resolve(message)
    })
    request.on('error', reject)
    request.on('close', () => reject(new Error('The connection was closed without a response')))
    sendBody(request, body, reject)
  })
}

function sendBody(request, body, onError) {
  const isStream = body instanceof Blob || body instanceof ReadableStream
  if (!isStream) return request.end(body)
  if (body instanceof Blob) request.setHeader('content-length', body.size)
  const stream = body instanceof Blob ? body.stream() : body
  return pipeline(Readable.fromWeb(stream), request, (error) => error && onError(error))
}

function redirectOf({ statusCode, headers }, { body, redirect }) {
  const isFollowed = redirect !== 'manual' && body === undefined
  return isFollowed && [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined
}

function toResponse(message) {
  const { statusCode: status, statusMessage: statusText, rawHeaders, req } = message
  const headers = new Headers()
  for (let index = 0; index < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index], rawHeaders[index + 1])
  const isEmpty = req.method === 'HEAD' || BODILESS.includes(status)
  if (isEmpty) message.resume()
  const body = isEmpty ? null : Readable.toWeb(decode(message))
  return new Response(body, { status, statusText, headers })
}

/** Some servers compress the body in spite of `accept-encoding: identity`. */
function decode(message) {
  if (message.headers['content-encoding'] !== 'gzip') return message
  return pipeline(message, createGunzip(), () => {})
}
