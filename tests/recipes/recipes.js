import { readFile } from 'node:fs/promises'

const root = new URL('../../', import.meta.url)
const page = await readFile(new URL('pkg-template/recipes.md', root), 'utf8')

/** The package as it was built. */
export const PACKAGE = new URL('pkg/', root)

/**
 * The blocks of code below a heading.
 *
 * @param {string} heading
 * @param {string} language
 * @returns {string[]}
 */
export function blocks(heading, language) {
  const section = page.split(/^## /m).find((section) => section.startsWith(`${heading}\n`))
  return [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , code]) => code)
}
