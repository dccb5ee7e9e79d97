/**
 * The name that a word is a misspelling of, if any.
 *
 * @param {string} word
 * @param {string[]} names
 */
export function findSimilar(word, names) {
  const maxEdits = word.length > 4 ? 2 : 1
  return names.find((name) => countEdits(word.toLowerCase(), name) <= maxEdits)
}

/** The minimum number of insertions, deletions, replacements and swaps of neighbors. */
function countEdits(from, to) {
  let beforeLast = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const isEqual = from[row - 1] === to[column - 1]
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      next[column] = Math.min(
        last[column] + 1,
        next[column - 1] + 1,
        last[column - 1] + (isEqual ? 0 : 1),
        isSwap ? beforeLast[column - 2] + 1 : Infinity,
      )
    }
    beforeLast = last
    last = next
  }
  return last[to.length]
}
