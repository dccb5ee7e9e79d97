/**
 * A Markdown table.
 *
 * @param {string[]} heads a head that ends in `:` is of numbers
 * @param {unknown[][]} rows
 */
export function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  const names = heads.map((head) => head.replace(/:$/, ''))
  const rules = heads.map((head) => (head.endsWith(':') ? '--:' : '---'))
  return [names, rules, ...rows].map(line).join('\n')
}

/** Three digits, and never as a power of ten. */
export function short(number) {
  return String(Number(number.toPrecision(3)))
}

export function verdict(met) {
  return met ? 'met' : '**missed**'
}
