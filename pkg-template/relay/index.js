import { forward } from './forward.js'
import { readOptions } from './options.js'
import { isAllowed, isListed } from './origins.js'
import { refuse, tooLarge } from './refusal.js'
import { readToken } from './token.js'

const ALLOW = { Allow: 'POST, OPTIONS' }

/**
 * Creates a relay; index.d.ts has the documentation.
 *
 * @param {import('./index.js').RelayOptions} options
 * @returns {import('./index.js').Relay}
 */
export function createRelay(options) {
  const settings = readOptions(options)
  return async (request) => {
    const response = await respond(request, settings)
    addHeaders(response.headers, request.headers.get('Origin'), settings)
    return response
  }
}

function addHeaders(headers, origin, { origins }) {
  headers.set('Vary', 'Origin')
  headers.set('X-Content-Type-Options', 'nosniff')
  if (!isListed(origin, origins)) return
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Expose-Headers', 'Retry-After')
}

async function respond(request, settings) {
  const { headers, method } = request
  if (method !== 'POST' && method !== 'OPTIONS') return refuse(405, 'Only POST is relayed', ALLOW)
  if (!isAllowed(headers, settings)) return refuse(403, 'This origin may not use the relay')
  if (method === 'OPTIONS') return preflight()
  const refusal = (await refuseUnauthorized(request, settings)) ?? refuseBody(request, settings)
  if (refusal) return refusal
  const token = await readToken(settings.token)
  return token ? forward(request, token, settings) : refuse(500, 'The relay has no token')
}

function preflight() {
  const headers = {
    ...ALLOW,
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    'Access-Control-Max-Age': '7200',
  }
  return new Response(null, { status: 204, headers })
}

async function refuseUnauthorized(request, { authorize }) {
  try {
    if (authorize && (await authorize(request)) !== true) return refuse(403, 'Not authorized')
  } catch {
    return refuse(500, 'The relay could not tell whether this is authorized')
  }
}

/** Runs after `authorize`, which may have read the body. */
function refuseBody({ bodyUsed, body, headers }, { maxBytes }) {
  if (bodyUsed || body?.locked) return refuse(500, 'The body was read before it could be relayed')
  if (!/^(multipart\/form-data|application\/json)\s*(;|$)/i.test(headers.get('Content-Type')))
    return refuse(415, 'Send multipart/form-data or application/json')
  if (!body) return refuse(400, 'There is no body')
  if (Number(headers.get('Content-Length')) > maxBytes) return tooLarge()
}
