/** Parses a text as an http(s) URL; `undefined` if it is not one. The text may be untrusted. */
export function webAddress(text) {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined
  return /^https?:$/.test(url?.protocol) ? url : undefined
}

/** Whether two texts are the same URL, however they are spelled. */
export const isSameAddress = (one, other) => webAddress(one)?.href === webAddress(other)?.href

/** Whether a URL points to this machine, which is reachable offline too. */
export function isLoopback(address) {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname)
}
