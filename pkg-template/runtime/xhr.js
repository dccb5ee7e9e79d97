import { isServer } from './quirks.js'
import { has } from './value.js'

/** Whether this is a page or a worker that has it. Servers have polyfills at most. */
export const isThere = () => !isServer() && has('XMLHttpRequest')

/**
 * `fetch` by `XMLHttpRequest`, which alone reports in a browser how far an upload is. It resolves with
 * the fields of a `Response` that are used, as soon as the headers are there.
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
    // Safari and happy-dom report this state more than once, or one before it.
    xhr.onreadystatechange = () => {
      if (xhr.readyState >= 2 && xhr.status) resolve(answer(xhr, url, ended))
    }
    ended.then(() => {
      signal.removeEventListener('abort', abort)
      reject(undefined)
    })
    // All of the form that is not the file is small: it counts as sent before the file.
    const report = ({ loaded, total }) =>
      progress.report('upload', Math.max(0, loaded - (total - size)))
    xhr.upload.onprogress = report
    xhr.upload.onload = (event) => {
      report(event)
      progress.report('processing', size)
    }
    xhr.open(method, url)
    headers.forEach((value, name) => xhr.setRequestHeader(name, value))
    // JSON is UTF-8, whatever the answer claims.
    xhr.overrideMimeType('text/plain;charset=utf-8')
    signal.addEventListener('abort', abort)
    xhr.send(body)
  })
}

function answer(xhr, url, ended) {
  return {
    status: xhr.status,
    url: xhr.responseURL,
    redirected: place(xhr.responseURL) !== place(url),
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
  // An answer that breaks off takes its status back.
  if (xhr.status === 0) throw new TypeError('The connection failed')
  return xhr.responseText
}

/** Found in all of them: asked for one that CORS hides, a browser complains on the console. */
function header(xhr, name) {
  const headers = xhr.getAllResponseHeaders() ?? ''
  return new RegExp(`^${name}:\\s*(.*)`, 'im').exec(headers)?.[1].trim()
}

/** What an answer must be from. A browser may have turned http into https. */
function place(address) {
  const { host, pathname, search } = new URL(address, location.href)
  return host + pathname + search
}
