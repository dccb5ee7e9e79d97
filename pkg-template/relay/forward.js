import { checkedBody, lengthOf } from './body.js'
import { Refusal } from './refusal.js'
import { toPage } from './response.js'

/**
 * Streams a request to the endpoint, with the token, and resolves to the response for the page. Rejects
 * if there is none, with a `Refusal` if the reason is known.
 */
export async function forward(request, token, settings) {
  const { fetch = globalThis.fetch, endpoint, timeout } = settings
  const ended = new AbortController()
  // Rejects first: not every `fetch` rejects with the reason of its signal, or at all.
  const failure = new Promise((_, reject) =>
    ended.signal.addEventListener('abort', () => reject(ended.signal.reason)),
  )
  const timer = timeout && setTimeout(() => ended.abort(timedOut(timeout)), timeout)
  const order = async () =>
    toPage(await fetch(endpoint, requestInit(request, token, settings, ended)), token)
  try {
    return await Promise.race([failure, order()])
  } finally {
    clearTimeout(timer)
    ended.abort()
  }
}

const timedOut = (ms) => new Refusal(504, `The endpoint did not respond within ${ms} ms`)

function requestInit(request, token, settings, ended) {
  const { headers, signal } = request
  const length = lengthOf(headers)
  const init = {
    // Without the options that a polluted `Object.prototype` has, such as Bun's `proxy`.
    __proto__: null,
    method: 'POST',
    headers: { Authorization: `token ${token}`, 'Content-Type': headers.get('Content-Type') },
    // Aborts before the body fails: workerd ends a request whose body fails as if it were complete.
    body: checkedBody(request, settings, (reason) => ended.abort(reason)),
    duplex: 'half',
    signal: AbortSignal.any([signal, ended.signal]),
    // With both of these, Node 20 to 24 do not buffer a copy of the body for a redirect.
    redirect: 'error',
    window: null,
  }
  if (length !== undefined) init.headers['Content-Length'] = `${length}`
  if (globalThis.FixedLengthStream) adaptToWorkerd(init, length)
  return init
}

/** workerd has no `redirect: 'error'`, and takes the length from a `FixedLengthStream` only. */
function adaptToWorkerd(init, length) {
  init.redirect = 'manual'
  if (length !== undefined)
    init.body = init.body.pipeThrough(new globalThis.FixedLengthStream(length))
}
