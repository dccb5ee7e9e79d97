/**
 * Whether a request from this origin is allowed. Browsers send `Origin` with every POST, and a page
 * cannot change it. Other clients can send any value, so this does not replace `authorize`.
 */
export function isAllowed(headers, { origins, authorize }) {
  const origin = headers.get('Origin')
  const site = headers.get('Sec-Fetch-Site')
  if (origin === null && site === null) return authorize !== undefined
  return isListed(origin, origins) || isSameOrigin(origin, site, headers.get('Host'))
}

/** Whether `allowOrigin` has the origin of a request. */
export const isListed = (origin, origins) =>
  origin !== null && (origins.includes('*') || origins.includes(origin))

function isSameOrigin(origin, site, host) {
  if (site !== null) return site === 'same-origin'
  // Browsers omit `Sec-Fetch-Site` on plain http. The URL of the request is not compared, since a server
  // that resolves the path `//example.org/` gets a URL of that host.
  return URL.canParse(origin) && new URL(origin).host === host
}
