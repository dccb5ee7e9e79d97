/**
 * What only some runtimes do. Each entry names the public report, the test that shows it, and when it can be
 * deleted.
 */

import { get, has, native, pageUrl } from './value.js'

/** Whether this is a server (Node, Deno, Bun, an edge runtime): not a page, and not a worker of one. */
export const isServer = () => pageUrl() === undefined

/**
 * Whether `fetch` sends a `FormData` reliably. Node ends the process if a file of a `FormData` changes before
 * it is read (undici #5835). In jsdom and happy-dom `fetch` is that of Node, which sends their `FormData` as
 * text.
 *
 * Tests: `tests/node/unreadable.test.js`, `tests/node/environment.test.js`. Delete when undici #5835 is
 * fixed in every supported Node, jsdom and happy-dom send forms, and `fetch` reports upload progress.
 * `runtime/multipart.js` and `http/multipart.rs` go with it.
 */
export function sendsFormData() {
  if (isServer()) return false
  try {
    const type = new Response(new FormData()).headers.get('Content-Type')
    return type.startsWith('multipart/form-data')
  } catch {
    return false
  }
}

/**
 * Whether `fetch` sends the bytes of a Blob. Of a polyfilled one it sends the text `[object Blob]`, for example
 * of the Blobs of jsdom in Node.
 *
 * Report: jsdom #2555. Test: `tests/node/environment.test.js`. Delete when jsdom has Node's Blob.
 */
export function sendsBlob(blob) {
  const type = 'a/b'
  try {
    const sent = new Response(blob.slice(0, 0, type)).headers.get('Content-Type')
    return sent === type && blob instanceof Blob
  } catch {
    return false
  }
}

/**
 * The bytes of a Blob. Those of jsdom before version 28, as in Jest 30, can be read only by a `FileReader`.
 *
 * Report: jsdom #2555. Test: `tests/pack/runners.js`. Delete when jest-environment-jsdom has a newer jsdom.
 */
export function readBlob(blob) {
  if (blob.arrayBuffer || !has('FileReader')) return blob.arrayBuffer()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result)
    reader.onerror = () => reject(reader.error)
    reader.readAsArrayBuffer(blob)
  })
}

/**
 * Whether a Blob may be a file of unknown size, or one that can be read only once, such as a pipe. In Bun a
 * slice of such a Blob has wrong bytes, and a form omits it. Such Blobs are read as streams. A polyfilled one
 * may have no stream.
 *
 * Report: oven-sh/bun #31680, #36864. Test: `tests/hosts/bun.test.js`. Delete when slices and streams of
 * such files are right in every supported Bun.
 */
export const isUnsized = (blob) => has('Bun') && Boolean(get(blob, 'stream'))

/**
 * Returns the last 1024 characters of the `name` of a file. In Bun it can be a path, which must not be sent.
 *
 * Report: oven-sh/bun #35523. Test: `tests/hosts/bun.test.js`. Return `name` when Bun returns no path.
 */
export function nameOf(file) {
  const name = get(file, 'name')
  if (typeof name !== 'string') return undefined
  return (has('Bun') ? name.replace(/^.*[/\\]/s, '') : name).slice(-1024) || undefined
}

/**
 * Whether `fetch` repeats a POST when a reused connection breaks, so that it may be charged twice. Deno does
 * for bodies in memory, but not for a Blob.
 *
 * Report: denoland/deno #35610. Test: `tests/hosts/kept.test.js`. Delete when Deno repeats no POST.
 */
export const repeatsPosts = () => has('Deno')

/**
 * Whether a request failed because the runtime does not support the option `cache`. Cloudflare Workers do not
 * before the compatibility date 2024-11-11. They cache a request of a script only if it asks for that.
 *
 * Report: cloudflare/workerd #698. Tests: `tests/hosts/workerd.test.js`,
 * `tests/node/refused-requests.test.js`. Delete when no compatibility date of workerd is without it.
 */
export const refusesCache = (error) => /\bcache\b/.test(get(error, 'message'))

/**
 * Deletes from an error the data that undici received instead of HTTP: it may have the token.
 *
 * Report: `data` of an `HTTPParserError`, as in undici #807. Test: `tests/support/faults/secrets.js`. Delete
 * when undici does not set `data`.
 */
export function hideReceived(error) {
  try {
    delete error.data
  } catch {
    // It is frozen, or not an error.
  }
}

/** The variables by which a proxy is set. */
const PROXY = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']

/**
 * What to add to the message of a connection that was not made: `fetch` in Node uses the proxy of the
 * environment only in newer versions, and only with NODE_USE_ENV_PROXY=1.
 *
 * Report: nodejs/node #57872. Test: `tests/node/proxy.test.js`. Delete when every supported Node uses it.
 */
export function proxyHint() {
  const node = get(globalThis, 'process')
  const env = get(node, 'env')
  if (!get(get(node, 'versions'), 'node') || has('Deno') || has('Bun')) return ''
  const name = !get(env, 'NODE_USE_ENV_PROXY') && PROXY.find((name) => get(env, name))
  return name ? `; ${name} is set, but Node uses it only with NODE_USE_ENV_PROXY=1` : ''
}

/**
 * The decoder and the encoder of the runtime, also in place of the globals in the glue. In Jest, jsdom has
 * neither, but Node's are there.
 *
 * Report: jsdom #2524. Test: `tests/pack/runners.js`. Delete when jest-environment-jsdom has them.
 */
export function TextDecoder(...options) {
  return new (native('TextDecoder', 'util'))(...options)
}

export function TextEncoder() {
  return new (native('TextEncoder', 'util'))()
}
