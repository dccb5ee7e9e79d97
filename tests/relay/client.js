import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { TOKEN } from './programs/relays.js'

/** The headers of a form. */
export const FORM = { 'Content-Type': 'multipart/form-data; boundary=b' }

/** A form with a file. */
export const form = (bytes) =>
  Buffer.concat([
    Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'),
    bytes,
    Buffer.from('\r\n--b--\r\n'),
  ])

/**
 * Begins a request, with these headers and no other. What it writes is up to the test.
 *
 * @param {string} url
 * @param {{ method?: string, path?: string, headers?: Record<string, string> }} [options]
 */
export function begin(url, { method = 'POST', path, headers }) {
  const outgoing = request(url, { method, headers, agent: false, ...(path && { path }) })
  // A server may close while the body is still going out; what counts is what it has said.
  outgoing.on('error', () => {})
  return outgoing
}

/**
 * What the relay says. It never says the token.
 *
 * @param {import('node:http').ClientRequest} outgoing
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, text: string }>}
 */
export async function said(outgoing) {
  const [response] = await once(outgoing, 'response')
  const { statusCode: status, headers } = response
  const text = Buffer.concat(await response.toArray()).toString()
  assert.ok(!JSON.stringify([headers, text]).includes(TOKEN), 'the token is in the answer')
  assert.equal(headers.vary, 'Origin')
  assert.equal(headers['set-cookie'], undefined)
  return { status, headers, text }
}

/** Makes a whole request. */
export function ask(url, { body, ...options }) {
  const outgoing = begin(url, options)
  const answer = said(outgoing)
  outgoing.end(body)
  return answer
}
