import { TOO_LARGE, limited } from './limit.js'
import { refuse, tooLarge } from './refusal.js'
import { redact } from './token.js'

/** The maximum size of a response. A receipt has a few hundred bytes. */
const MAX_RESPONSE_BYTES = 1_048_576

/** The headers of a response that are passed on. */
const PASSED_HEADERS = ['Content-Type', 'Retry-After']

/** Streams a request to the endpoint, with the token, and resolves to the response for the page. */
export async function forward(request, token, settings) {
  const ended = new AbortController()
  const init = requestInit(request, token, settings, ended)
  try {
    return await passOn(await fetch(settings.endpoint, init), token)
  } catch {
    if (ended.signal.reason === TOO_LARGE) return tooLarge()
    return refuse(502, 'No good answer came from the endpoint')
  } finally {
    ended.abort()
  }
}

function requestInit({ headers, body, signal }, token, { maxBytes }, ended) {
  const length = Number(headers.get('Content-Length') ?? NaN)
  const hasLength = length >= 0
  const init = {
    method: 'POST',
    headers: { Authorization: `token ${token}`, 'Content-Type': headers.get('Content-Type') },
    // Aborts before the body fails: workerd ends a request whose body fails as if it were complete.
    body: limited(body, hasLength ? Math.min(maxBytes, length) : maxBytes, (reason) =>
      ended.abort(reason),
    ),
    duplex: 'half',
    signal: AbortSignal.any([signal, ended.signal]),
    // With both of these, Node 20 to 24 do not buffer a copy of the body for a redirect.
    redirect: 'error',
    window: null,
  }
  if (hasLength) init.headers['Content-Length'] = `${length}`
  if (globalThis.FixedLengthStream) adaptToWorkerd(init, hasLength ? length : undefined)
  return init
}

/** workerd has no `redirect: 'error'`, and takes the length from a `FixedLengthStream` only. */
function adaptToWorkerd(init, length) {
  init.redirect = 'manual'
  if (length !== undefined)
    init.body = init.body.pipeThrough(new globalThis.FixedLengthStream(length))
}

/** A copy of the response, without the token and without the headers that are not for the page. */
async function passOn({ status, headers, body }, token) {
  if (status >= 300 && status < 400) throw new RangeError('A redirect is not followed')
  const bytes = await new Response(body && limited(body, MAX_RESPONSE_BYTES)).arrayBuffer()
  const passed = {}
  for (const name of PASSED_HEADERS) if (headers.has(name)) passed[name] = headers.get(name)
  return new Response(redactBytes(token, bytes), { status, headers: passed })
}

/** The body of a response: the original bytes unless they contain the token, `null` if there are none. */
function redactBytes(token, bytes) {
  if (bytes.byteLength === 0) return null
  const text = new TextDecoder().decode(bytes)
  const redacted = redact(token, text)
  return redacted === text ? bytes : redacted
}
