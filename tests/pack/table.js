/**
 * Prints a row for each environment, and the number of each result.
 *
 * @param {{ name: string, version: string, end: string }[]} rows
 */
export function printTable(rows) {
  const width = (field) => Math.max(...rows.map((row) => row[field].length))
  const widths = { name: width('name'), version: width('version') }
  for (const { name, version, end } of rows) {
    const [line] = end.split('\n')
    console.log(`${name.padEnd(widths.name)}  ${version.padEnd(widths.version)}  ${line}`)
  }
  const count = (start) => rows.filter(({ end }) => end.startsWith(start)).length
  console.log(`pack: ${count('ok')} passed, ${count('FAILED')} failed, ${count('skipped')} skipped`)
}
