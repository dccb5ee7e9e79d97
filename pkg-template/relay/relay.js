import { checkBody } from './body.js'
import { forward } from './forward.js'
import { readOptions } from './options.js'
import { allowHeaders, checkOrigin, preflight } from './origins.js'
import { Refusal } from './refusal.js'
import { readToken } from './token.js'

/**
 * Creates a relay; index.d.ts has the documentation.
 *
 * @param {import('./index.js').RelayOptions} options
 * @returns {import('./index.js').Relay}
 */
export function createRelay(options) {
  const settings = readOptions(options)
  return async (request) => {
    const response = await respond(request, settings).catch((error) =>
      error instanceof Refusal
        ? error.toResponse()
        : new Refusal(502, 'No valid response came from the endpoint').toResponse(),
    )
    allowHeaders(response.headers, request.headers.get('Origin'), settings)
    return response
  }
}

async function respond(request, settings) {
  const { headers, method } = request
  if (method !== 'POST' && method !== 'OPTIONS')
    throw new Refusal(405, 'Only POST is relayed', { Allow: 'POST, OPTIONS' })
  checkOrigin(headers, settings)
  if (method === 'OPTIONS') return preflight(headers)
  await checkAuthorized(request, settings)
  checkBody(request, settings)
  return forward(request, await readToken(settings.token), settings)
}

async function checkAuthorized(request, { authorize }) {
  if (!authorize) return
  let authorized
  try {
    authorized = await authorize(request)
  } catch {
    throw new Refusal(500, 'The relay could not tell whether this is authorized')
  }
  if (authorized !== true) throw new Refusal(403, 'Not authorized')
}
