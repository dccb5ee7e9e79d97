/** How deep a response may be nested. Deeper values are cut off: to print them would exceed the stack. */
const MAX_DEPTH = 64

/**
 * A value of JSON, or a text, without the token, in all its strings and keys. A token that could stand
 * there by chance is left: one of letters alone, or of three characters.
 */
export function redact(value, token) {
  return copy(value, isSecret(token) ? spellings(token) : /(?!)/, 0)
}

function copy(value, pattern, depth) {
  if (typeof value === 'string') return value.replace(pattern, '[token]')
  if (typeof value !== 'object' || value === null) return value
  if (depth === MAX_DEPTH) return null
  const inner = (item) => copy(item, pattern, depth + 1)
  if (Array.isArray(value)) return value.map(inner)
  const fields = Object.entries(value)
    // Prevents prototype pollution when callers spread a receipt.
    .filter(([key]) => key !== '__proto__')
    .map(([key, item]) => [inner(key), inner(item)])
  return Object.fromEntries(fields)
}

/** Whether a token is a secret that cannot be an ordinary word. */
function isSecret(token) {
  if (typeof token !== 'string') return false
  return token.length >= 16 || (token.length >= 4 && /[a-z]/i.test(token) && /[^a-z]/i.test(token))
}

/** The token as it is, and escaped as in JSON, in a URL and in HTML. */
function spellings(token) {
  const names = { '&': '|&amp;', '<': '|&lt;', '>': '|&gt;' }
  const spelling = (character) => {
    const code = character.charCodeAt(0)
    const hex = code.toString(16)
    return `(?:\\\\?\\x${hex}|\\\\u00${hex}|%${hex}|&#0*${code};|&#x0*${hex};${names[character] ?? ''})`
  }
  return new RegExp(Array.from(token, spelling).join(''), 'gi')
}
