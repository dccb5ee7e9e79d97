export const isUrl = (name) => /^https?:\/\//i.test(name)

/** What comes before `/ipfs/<cid>` in the URL of a gateway. */
export const gatewayBase = (url) => url.replace(/\/+(ipfs\/*)?$/, '')

/**
 * One spelling for each http(s) URL, without the fragment, which is not sent: `http://h:80` is
 * `http://h/`. `undefined` if it is not a valid one.
 *
 * @param {string} text
 */
export function normalizeUrl(text) {
  if (!isUrl(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  url.hash = ''
  return url.href
}
