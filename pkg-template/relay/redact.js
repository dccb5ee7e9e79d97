/**
 * Creates the function that redacts a token: every string and every key of the parsed JSON in which the
 * token occurs, literally or percent-encoded, has the occurrence replaced by `[token]`. So has a text
 * that is not JSON. JSON in a string or a text may have escaped any character of the token, as `\u003d`.
 *
 * @param {string} token
 * @returns {(text: string) => string}
 */
export function redactor(token) {
  if (couldBeWord(token)) return (text) => text
  const pattern = new RegExp([...token].map(anySpelling).join(''), 'g')
  return (text) => text.replace(pattern, '[token]')
}

/** A short one of letters or of digits can occur in a receipt by chance, which it would then spoil. */
const couldBeWord = (token) => token.length < 8 && /^([a-z]+|[^a-z]+)$/i.test(token)

/** Matches a character as it is, percent-encoded (also twice), and escaped in JSON. */
function anySpelling(character) {
  const code = character.charCodeAt(0).toString(16)
  const hex = code.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
  return `(?:\\\\{0,8}\\x${code}|%(?:25)*${hex}|\\\\{1,8}u00${hex})`
}
