import { get, pageUrl, string, stringField, tag } from './value.js'

/**
 * Parses a string or a `URL` as an http(s) URL without a user name or password. In a page a string may be
 * relative, as for `fetch`.
 *
 * @returns {string | undefined} `undefined` for anything else
 */
export function parse(value) {
  try {
    const address = string(tag(value) === 'URL' ? get(value, 'href') : value)
    const base = stringField(get(globalThis, 'document'), 'baseURI') ?? pageUrl()
    if (address === undefined) return undefined
    const { href, protocol, username, password } = new URL(address, base)
    return /^https?:$/.test(protocol) && !username && !password ? href : undefined
  } catch {
    return undefined
  }
}

/** Parses an absolute URL of any scheme; `undefined` if it is invalid. */
export function parseAbsolute(address) {
  try {
    return String(new URL(address))
  } catch {
    return undefined
  }
}

/** Whether a URL has the origin of this page or worker. */
export function isSameOrigin(url) {
  const page = pageUrl()
  if (page === undefined) return false
  // A frame with `srcdoc` has the origin of its page, but not in its URL.
  return (get(globalThis, 'origin') ?? new URL(page).origin) === new URL(url).origin
}
