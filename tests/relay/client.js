import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { TOKEN } from './programs/relays.js'

/** The headers of a form. */
export const FORM = { 'Content-Type': 'multipart/form-data; boundary=b' }

/** The body of a form with a file. */
export const form = (bytes) =>
  Buffer.concat([
    Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'),
    bytes,
    Buffer.from('\r\n--b--\r\n'),
  ])

/**
 * Starts a request with only these headers. The test writes the body.
 *
 * @param {string} url
 * @param {{ method?: string, path?: string, headers?: Record<string, string> }} [options]
 */
export function begin(url, { method = 'POST', path, headers }) {
  const outgoing = request(url, { method, headers, agent: false, ...(path && { path }) })
  // A server may close while the body is still uploading; only the response counts.
  outgoing.on('error', () => {})
  return outgoing
}

/**
 * Reads the response of the relay, and checks that the token is not in it.
 *
 * @param {import('node:http').ClientRequest} outgoing
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, text: string }>}
 */
export async function responseOf(outgoing) {
  const [response] = await once(outgoing, 'response')
  const { statusCode: status, headers } = response
  const text = Buffer.concat(await response.toArray()).toString()
  assert.ok(!JSON.stringify([headers, text]).includes(TOKEN), 'the token is in the response')
  assert.equal(headers.vary, 'Origin')
  assert.equal(headers['set-cookie'], undefined)
  return { status, headers, text }
}

/** Sends a request and resolves to the response. */
export function send(url, { body, ...options }) {
  const outgoing = begin(url, options)
  const response = responseOf(outgoing)
  outgoing.end(body)
  return response
}
