import { Refusal } from './refusal.js'

/**
 * Refuses a page whose origin may not use the relay. Browsers send `Origin` with every POST, and a page
 * cannot change it. Other clients can send any value, so this does not replace `authorize`.
 */
export function checkOrigin(headers, settings) {
  if (!isAllowed(headers, settings))
    throw new Refusal(403, 'This origin may not use the relay: `allowOrigin` does not list it')
}

function isAllowed(headers, { origins, authorize }) {
  const origin = headers.get('Origin')
  const site = headers.get('Sec-Fetch-Site')
  if (origin === null && site === null) return authorize !== undefined
  if (isListed(origin, origins)) return true
  // By DNS rebinding a page of any name can be of the relay's own origin. Only loopback names cannot be
  // rebound. `authorize` sees no cookies then, since these belong to the real name.
  return isSameOrigin(origin, site, headers.get('Host')) && (authorize || isLoopback(origin))
}

const isListed = (origin, origins) =>
  origin !== null && (origins.includes('*') || origins.includes(origin))

function isSameOrigin(origin, site, host) {
  if (site !== null) return site === 'same-origin'
  // Browsers omit `Sec-Fetch-Site` on plain http. The URL of the request is not compared, since a server
  // that resolves the path `//example.org/` gets a URL of that host.
  return URL.canParse(origin) && new URL(origin).host === host
}

const isLoopback = (origin) =>
  URL.canParse(origin) &&
  /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(origin).hostname)

/**
 * Allows the headers that the page asks for: tools such as Sentry add their own to every request. None
 * of them is forwarded.
 */
export function preflight(headers) {
  const requested = headers.get('Access-Control-Request-Headers')
  const allowed = {
    Allow: 'POST, OPTIONS',
    'Access-Control-Allow-Methods': 'POST',
    'Access-Control-Allow-Headers': requested ?? 'Authorization, Content-Type',
    'Access-Control-Max-Age': '7200',
  }
  return new Response(null, { status: 204, headers: allowed })
}

/** Adds the CORS headers with which a listed page can read a response. */
export function allowHeaders(headers, origin, { origins }) {
  headers.set('Vary', 'Origin')
  if (!isListed(origin, origins)) return
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Expose-Headers', 'Retry-After')
}
