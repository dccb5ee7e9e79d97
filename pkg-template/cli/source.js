import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'

export const isUrl = (name) => /^https?:\/\//i.test(name)

/**
 * Opens an operand: a URL, `-` for standard input, or the path of a file, which is not read yet.
 *
 * @param {string} name
 * @returns {Promise<import('../index.js').NamedSource>} rejects if there is no such file
 */
export async function openSource(name) {
  if (isUrl(name)) return { source: name }
  if (name === '-') return { source: ReadableStream.from(process.stdin) }
  if (!(await stat(name)).isFile()) throw new Error('not a file; a pipe goes to standard input')
  return { source: await openAsBlob(name), filename: basename(name) }
}

/** The size of a file in bytes, `null` for a URL and standard input, 0 for a missing file. */
export async function sizeOf(name) {
  if (isUrl(name) || name === '-') return null
  return stat(name).then(
    ({ size }) => size,
    () => 0,
  )
}
