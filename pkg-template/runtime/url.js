import { field, get, pageUrl, tag, text } from './value.js'

/**
 * An absolute http(s) URL without a user name or password, of a string or a `URL`. In a page a string may
 * be relative, as `fetch` resolves it.
 *
 * @returns {string | undefined} `undefined` for anything else
 */
export function parse(value) {
  try {
    const address = text(tag(value) === 'URL' ? get(value, 'href') : value)
    const base = field(get(globalThis, 'document'), 'baseURI') ?? pageUrl()
    if (address === undefined) return undefined
    const { href, protocol, username, password } = new URL(address, base)
    return isHttp(protocol) && !username && !password ? href : undefined
  } catch {
    return undefined
  }
}

/** An absolute URL of any scheme, as `fetch` sends it; `undefined` where a text is not one. */
export function parseAbsolute(address) {
  try {
    return String(new URL(address))
  } catch {
    return undefined
  }
}

/** Whether a URL is of the origin of the page or worker that this runs in. */
export function isSameOrigin(url) {
  const page = pageUrl()
  if (page === undefined) return false
  // A frame with `srcdoc` has the origin of its page, but not in its URL.
  return (get(globalThis, 'origin') ?? new URL(page).origin) === new URL(url).origin
}

const isHttp = (protocol) => protocol === 'http:' || protocol === 'https:'
