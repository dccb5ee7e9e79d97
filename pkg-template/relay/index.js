import { check, isToken } from './options.js'

/** The most bytes of an answer that are read. A receipt has some hundred. */
const MAX_ANSWER = 1_048_576

/** Why a body is cut. */
const TOO_LARGE = new RangeError('Too many bytes')

/** The length from which a token cannot stand in an answer by chance. */
const TELLING = 8

/**
 * Makes a relay, as index.d.ts describes it.
 *
 * @param {import('./index.js').RelayOptions} options
 * @returns {import('./index.js').Relay}
 */
export function createRelay(options) {
  const settings = check(options)
  return async (request) => {
    const response = await answer(request, settings)
    response.headers.set('Vary', 'Origin')
    response.headers.set('X-Content-Type-Options', 'nosniff')
    const origin = request.headers.get('Origin')
    if (isListed(origin, settings)) {
      response.headers.set('Access-Control-Allow-Origin', origin)
      response.headers.set('Access-Control-Expose-Headers', 'Retry-After')
    }
    return response
  }
}

async function answer(request, settings) {
  const { headers, method } = request
  const { authorize, limit } = settings
  const allow = { Allow: 'POST, OPTIONS' }
  if (method !== 'POST' && method !== 'OPTIONS') return refuse(405, 'Only POST is relayed', allow)
  if (!mayAsk(headers, settings)) return refuse(403, 'This origin may not use the relay')
  if (method === 'OPTIONS') return preflight(allow)
  try {
    if (authorize && (await authorize(request)) !== true) return refuse(403, 'Not authorized')
  } catch {
    return refuse(500, 'The relay could not tell whether this is authorized')
  }
  if (request.bodyUsed || request.body?.locked)
    return refuse(500, 'The body was read before it could be relayed')
  if (!/^(multipart\/form-data|application\/json)\s*(;|$)/i.test(headers.get('Content-Type')))
    return refuse(415, 'Send multipart/form-data or application/json')
  if (!request.body) return refuse(400, 'There is no body')
  if (Number(headers.get('Content-Length')) > limit) return tooLarge()
  const token = await tokenOf(settings)
  return token ? forward(request, token, settings) : refuse(500, 'The relay has no token')
}

/**
 * Whether the place that a request comes from may ask. A browser says of every POST where it comes
 * from, and a page cannot change that; anyone else can say what they like.
 */
function mayAsk(headers, settings) {
  const origin = headers.get('Origin')
  const site = headers.get('Sec-Fetch-Site')
  if (origin === null && site === null) return settings.authorize !== undefined
  if (isListed(origin, settings) || site === 'same-origin') return true
  // Browsers leave the site out on plain http. The URL is no witness: `//example.org/` is a path.
  return site === null && URL.canParse(origin) && new URL(origin).host === headers.get('Host')
}

function isListed(origin, { origins }) {
  return origin !== null && (origins.includes('*') || origins.includes(origin))
}

function preflight(allow) {
  const headers = {
    ...allow,
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    'Access-Control-Max-Age': '7200',
  }
  return new Response(null, { status: 204, headers })
}

async function tokenOf({ token }) {
  try {
    const given = typeof token === 'function' ? await token() : token
    return isToken(given) ? given : undefined
  } catch {
    // What was thrown may hold the token.
    return undefined
  }
}

/** Sends the body on as it comes, and gives the answer. */
async function forward({ headers, body, signal }, token, { endpoint, limit }) {
  const length = Number(headers.get('Content-Length') ?? NaN)
  const most = Math.min(limit, length >= 0 ? length : limit)
  const ended = new AbortController()
  const init = {
    method: 'POST',
    headers: { Authorization: `token ${token}`, 'Content-Type': headers.get('Content-Type') },
    // The order is cut before its body fails: workerd would end such a body as if it were whole.
    body: limited(body, most, (reason) => ended.abort(reason)),
    duplex: 'half',
    signal: AbortSignal.any([signal, ended.signal]),
    // Node 20 to 24 keep a copy of all that is sent, unless it is sure that they will not need it
    // for another place.
    redirect: 'error',
    window: null,
  }
  if (length >= 0) init.headers['Content-Length'] = `${length}`
  const { FixedLengthStream } = globalThis
  if (FixedLengthStream) {
    // workerd takes a length in this way alone, and does not know the other way to stay.
    if (length >= 0) init.body = init.body.pipeThrough(new FixedLengthStream(length))
    init.redirect = 'manual'
  }
  try {
    return await passed(await fetch(endpoint, init), token)
  } catch {
    if (ended.signal.reason === TOO_LARGE) return tooLarge()
    return refuse(502, 'No good answer came from the endpoint')
  } finally {
    ended.abort()
  }
}

/**
 * The chunks of a stream, one at a time, up to `limit` bytes. `fail` is told why there are no more,
 * where that is not the end. The stream is not cancelled then: most hosts would cut the connection
 * that the answer has to take.
 */
function limited(stream, limit, fail) {
  const reader = stream.getReader()
  let size = 0
  const pull = async (controller) => {
    try {
      const { done, value } = await reader.read()
      if (done) return controller.close()
      size += value.byteLength
      if (size > limit) throw TOO_LARGE
      controller.enqueue(value)
    } catch (reason) {
      fail(reason)
      controller.error(reason)
    }
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}

/**
 * The answer as it came, but for the headers that are between two machines, or between the service
 * and its own pages. The token is struck out, which a service may repeat.
 */
async function passed(answer, token) {
  if (answer.status >= 300 && answer.status < 400)
    throw new RangeError('A redirect is not followed')
  const stream = answer.body && limited(answer.body, MAX_ANSWER, () => {})
  const bytes = await new Response(stream).arrayBuffer()
  const text = new TextDecoder().decode(bytes)
  const struck = without(token, text)
  const body = struck === text ? bytes : struck
  const headers = {}
  for (const name of ['Content-Type', 'Retry-After'])
    if (answer.headers.has(name)) headers[name] = answer.headers.get(name)
  return new Response(bytes.byteLength > 0 ? body : null, { status: answer.status, headers })
}

/** A text without the token, as it is or as PHP writes it in JSON. */
function without(token, text) {
  if (token.length < TELLING) return text
  return text.replaceAll(token, '[token]').replaceAll(token.replaceAll('/', '\\/'), '[token]')
}

const refuse = (status, error, headers) => Response.json({ error }, { status, headers })
const tooLarge = () => refuse(413, 'The file is larger than the relay takes')
