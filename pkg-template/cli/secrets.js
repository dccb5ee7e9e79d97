/** Values that are shorter are shown: too short for a token. */
const MIN_TOKEN_LENGTH = 16

/** The number of equal characters after which a part of a message counts as an argument. */
const MIN_MATCH = 8

/**
 * Removes from a message every argument that may be a token, so that a token in the wrong place is not
 * printed. Messages may have only the beginning of a long argument.
 *
 * @param {string} message
 * @param {string[]} args the command line
 */
export function hideTokens(message, args) {
  const values = args.map((arg) => arg.replace(/^-+([\w-]+=)?/, ''))
  return values.filter(mayBeToken).reduce(hide, message)
}

/** Paths with an extension or from a root, URLs, CIDs and sentences are no tokens. */
function mayBeToken(value) {
  if (value !== '' && value === process.env.CAPTURE_TOKEN?.trim()) return true
  const isOther = /\s|^\.{0,2}[/\\]|^[a-z]:[/\\]|^https?:|\.[a-z0-9]{1,5}$|^(Qm|baf[ky])/i.test(
    value,
  )
  return value.length >= MIN_TOKEN_LENGTH && !isOther
}

function hide(message, token) {
  const start = message.indexOf(token.slice(0, MIN_MATCH))
  if (start === -1) return message
  let end = start
  while (end - start < token.length && message[end] === token[end - start]) end += 1
  return `${message.slice(0, start)}[hidden: it may be a token]${hide(message.slice(end), token)}`
}
