import { isServer } from './quirks.js'
import { has } from './value.js'

/** Whether this is a page or a worker with `XMLHttpRequest`. Servers may have a polyfill. */
export const isThere = () => !isServer() && has('XMLHttpRequest')

/**
 * Sends a request by `XMLHttpRequest`, the only way to upload progress in a browser. Resolves to an object with
 * the fields of a `Response` that are used, as soon as the headers are received.
 *
 * @param {string} url
 * @param {{ method: string, headers: Headers, body: unknown, signal: AbortSignal }} init
 * @param {number} size of the file in the body, in bytes
 * @param {import('./progress.js').Progress} progress
 */
export function send(url, { method, headers, body, signal }, size, progress) {
  const xhr = new XMLHttpRequest()
  const abort = () => xhr.abort()
  return new Promise((resolve, reject) => {
    const ended = new Promise((end) => (xhr.onloadend = end))
    // Safari and happy-dom report this state more than once, or an earlier one.
    xhr.onreadystatechange = () => {
      if (xhr.readyState >= 2 && xhr.status) resolve(responseOf(xhr, url, ended))
    }
    ended.then(() => {
      signal.removeEventListener('abort', abort)
      reject(undefined)
    })
    // The rest of the form is small, and counts as sent before the file.
    const report = ({ loaded, total }) =>
      progress.report('upload', Math.max(0, loaded - (total - size)))
    xhr.upload.onprogress = report
    xhr.upload.onload = (event) => {
      report(event)
      progress.report('processing', size)
    }
    xhr.open(method, url)
    headers.forEach((value, name) => xhr.setRequestHeader(name, value))
    // JSON is UTF-8, whatever the headers say.
    xhr.overrideMimeType('text/plain;charset=utf-8')
    signal.addEventListener('abort', abort)
    xhr.send(body)
  })
}

function responseOf(xhr, url, ended) {
  return {
    status: xhr.status,
    url: xhr.responseURL,
    redirected: withoutScheme(xhr.responseURL) !== withoutScheme(url),
    headers: { get: (name) => header(xhr, name) },
    text: (limit) => text(xhr, limit, ended),
  }
}

async function text(xhr, limit, ended) {
  let isTooLarge = false
  xhr.onprogress = ({ loaded }) => {
    if (loaded <= limit) return
    isTooLarge = true
    xhr.abort()
  }
  await ended
  if (isTooLarge) return undefined
  // An incomplete response loses its status.
  if (xhr.status === 0) throw new TypeError('The connection failed')
  return xhr.responseText
}

/** Reads all headers: browsers log an error for a single one that CORS hides. */
function header(xhr, name) {
  const headers = xhr.getAllResponseHeaders() ?? ''
  return new RegExp(`^${name}:\\s*(.*)`, 'im').exec(headers)?.[1].trim()
}

/** Returns a URL without its scheme: browsers may upgrade http to https. */
function withoutScheme(address) {
  const { host, pathname, search } = new URL(address, location)
  return host + pathname + search
}
