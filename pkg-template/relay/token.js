import { Refusal } from './refusal.js'

/**
 * Whether this is a token: printable ASCII without spaces, quotes and backslashes. Quotes mean that the
 * value was copied from a settings file together with them.
 */
export const isToken = (value) => typeof value === 'string' && /^[!#-&(-[\]-~]+$/.test(value)

/**
 * Reads the option `token`.
 *
 * @param {import('./index.js').RelayOptions['token']} option
 * @returns {Promise<string>}
 */
export async function readToken(option) {
  try {
    const token = typeof option === 'function' ? await option() : option
    if (isToken(token)) return token
  } catch {
    // The error may contain the token.
  }
  throw new Refusal(500, 'The relay has no token')
}
