import { isIPv6 } from 'node:net'

/** The variables for each protocol, as curl and Node read them. The first one that is not empty counts. */
const VARIABLES = {
  'http:': ['http_proxy', 'HTTP_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY'],
}

/**
 * The proxy for a URL, by the environment variables `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
 *
 * @param {URL} url
 * @param {Record<string, string | undefined>} [env]
 * @returns {{ name: string, proxy: URL, headers: Record<string, string> } | undefined} with the name of the
 *   variable, and the headers of requests to the proxy; throws if its value is not the URL of a proxy
 */
export function proxyFor(url, env = process.env) {
  const name = VARIABLES[url.protocol].find((name) => env[name])
  if (!name || isExcluded(url, env.no_proxy || env.NO_PROXY || '')) return undefined
  const value = env[name].trim()
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`
  // The value is not shown: it may have a password.
  try {
    const proxy = new URL(address)
    if (Object.hasOwn(VARIABLES, proxy.protocol))
      return { name, proxy, headers: authorization(proxy) }
  } catch {
    // It is not a URL, or its user name has an invalid escape.
  }
  throw new Error(`${name} is not the URL of a proxy: expected http://HOST:PORT`)
}

/** The header `Proxy-Authorization`, if the URL of the proxy has a user name. */
function authorization({ username, password }) {
  if (!username && !password) return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
}

/** Whether `NO_PROXY` has a host or a domain above it, with the port if it names one, or `*`. */
function isExcluded({ protocol, hostname, port }, list) {
  const actualPort = port || (protocol === 'https:' ? '443' : '80')
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const host = isIPv6(entry) ? `[${entry}]` : entry
      const { name, only } = /^(?<name>\[.*\]|.*?)(:(?<only>\d+))?$/.exec(host).groups
      const domain = name.replace(/^\*?\./, '')
      const isHost = hostname === domain || hostname.endsWith(`.${domain}`)
      return entry === '*' || (domain !== '' && isHost && (only ?? actualPort) === actualPort)
    })
}
