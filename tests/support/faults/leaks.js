/** The token of the tests that check for leaks. */
export const TOKEN = 'Capture-Token/4f1c9a7be2d05836'

/** Its substrings of 8 characters, in lower case. */
const PIECES = Array.from({ length: TOKEN.length - 7 }, (_, at) =>
  TOKEN.slice(at, at + 8).toLowerCase(),
)

/** Node's `inspect`; undefined in a page. */
const inspect = globalThis.process?.getBuiltinModule('node:util').inspect

/**
 * The paths in a value at which the token or a part of it appears: every field, enumerable or not,
 * the stack, the chain of causes, the JSON, and the output of `inspect`.
 *
 * @param {unknown} value
 * @returns {string[]}
 */
export function leaks(value) {
  const found = []
  const seen = new Set()
  const visit = (value, path) => {
    if (typeof value === 'string' && PIECES.some((piece) => value.toLowerCase().includes(piece)))
      found.push(path)
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    for (const key of new Set([...Reflect.ownKeys(value), 'name', 'message', 'stack', 'cause'])) {
      visit(String(key), `${path} key`)
      visit(value[key], `${path}.${String(key)}`)
    }
  }
  visit(value, 'value')
  visit(JSON.stringify(value), 'JSON')
  visit(inspect?.(value, { depth: Infinity, showHidden: true }), 'inspect')
  return found
}
