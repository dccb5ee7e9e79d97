/** The minimum length of a token to redact. A shorter one can occur in a response by chance. */
const MIN_REDACTED = 8

/**
 * Whether this is a token: printable ASCII without spaces, quotes and backslashes. Quotes mean that the
 * value was copied from a settings file together with them; the rest would be escaped in JSON.
 */
export const isToken = (value) => typeof value === 'string' && /^[!#-&(-[\]-~]+$/.test(value)

/**
 * Reads the option `token`.
 *
 * @param {import('./index.js').RelayOptions['token']} option
 * @returns {Promise<string | undefined>} `undefined` if there is no valid token
 */
export async function readToken(option) {
  try {
    const token = typeof option === 'function' ? await option() : option
    return isToken(token) ? token : undefined
  } catch {
    // The error may contain the token.
    return undefined
  }
}

/** Replaces the token in a text with `[token]`, also where PHP's JSON escapes its slashes. */
export function redact(token, text) {
  if (token.length < MIN_REDACTED) return text
  return text.replaceAll(token, '[token]').replaceAll(token.replaceAll('/', '\\/'), '[token]')
}
