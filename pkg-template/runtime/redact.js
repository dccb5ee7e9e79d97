/** The maximum depth of a response. Deeper values are cut: printing them would exceed the stack. */
const MAX_DEPTH = 64

/**
 * Creates a function that replaces a token in a text by `[token]`, however it is escaped: in JSON (also within
 * JSON), in a URL or in HTML. A token that may occur by chance is not replaced: of up to 2 characters, or of up
 * to 7 that are only letters or only others.
 *
 * @param {string | undefined} token
 * @returns {(text: string) => string}
 */
export function redactor(token) {
  if (!/^(?=.*[a-z])(?=.*[^a-z]).{3}|.{8}/i.test(token ?? '')) return (text) => text
  // In pieces: one pattern for all of a long token takes a second, or is refused.
  const [start, ...rest] = token.match(/.{1,64}\W{0,64}/g).map(patternOf)
  return (text) => {
    let redacted = ''
    for (let found; (found = start.exec(text));) {
      redacted += `${text.slice(0, found.index)}[token]`
      text = text.slice(found.index + found[0].length)
      for (const piece of rest) text = text.replace(piece, '')
    }
    return redacted + text
  }
}

const patternOf = (piece, index) =>
  new RegExp((index ? '^' : '') + piece.replace(/./g, spellings), 'i')

function spellings(character) {
  const code = character.charCodeAt(0)
  const hex = code.toString(16)
  const name = { '&': '|&amp;', '<': '|&lt;', '>': '|&gt;' }[character] ?? ''
  return `(?:\\\\{0,8}\\x${hex}|\\\\{1,8}u00${hex}|%(?:25)*${hex}|&#0*${code};|&#x0*${hex};${name})`
}

/** Copies a JSON value, and applies `redact` to each string and key. */
export function redactValue(value, redact, depth = 0) {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === MAX_DEPTH) return null
  const copy = (item) => redactValue(item, redact, depth + 1)
  if (Array.isArray(value)) return value.map(copy)
  const fields = Object.entries(value)
    // Prevents prototype pollution when callers spread a receipt.
    .filter(([key]) => key !== '__proto__')
    .map(([key, item]) => [redact(key), copy(item)])
  return Object.fromEntries(fields)
}

/** Redacts a token in a text. */
export const redact = (text, token) => redactor(token)(text)
