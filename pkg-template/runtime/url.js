import { get, pageUrl, tag } from './value.js'

/**
 * An absolute http(s) URL without a user name or password, of a string or a `URL`. In a page a string may
 * be relative to it.
 *
 * @returns {string | undefined} `undefined` for anything else
 */
export function parse(value) {
  try {
    const text = tag(value) === 'URL' ? get(value, 'href') : value
    if (typeof text !== 'string') return undefined
    const { href, protocol, username, password } = new URL(text, pageUrl())
    return isHttp(protocol) && !username && !password ? href : undefined
  } catch {
    return undefined
  }
}

/** An absolute URL of any scheme, as `fetch` sends it; `undefined` where a text is not one. */
export function parseAbsolute(text) {
  try {
    return String(new URL(text))
  } catch {
    return undefined
  }
}

/** Whether a URL is of the origin of the page or worker that this runs in. */
export function isSameOrigin(url) {
  const page = pageUrl()
  return page !== undefined && new URL(page).origin === new URL(url).origin
}

const isHttp = (protocol) => protocol === 'http:' || protocol === 'https:'
