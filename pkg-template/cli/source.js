import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'

export const isUrl = (name) => /^https?:\/\//i.test(name)

/**
 * What an argument names: a URL, which stays one, standard input, or a file, whose bytes stay on the
 * disk.
 *
 * @param {string} name
 * @returns {Promise<import('../index.js').NamedSource>} rejects with an error that says why not
 */
export async function open(name) {
  if (isUrl(name)) return { source: name }
  if (name === '-') return { source: ReadableStream.from(process.stdin) }
  if (!(await stat(name)).isFile()) throw new Error('not a file; a pipe goes to standard input')
  return { source: await openAsBlob(name), filename: basename(name) }
}

/** The bytes of a file, or `null` where that is not known before it is read. */
export async function sizeOf(name) {
  if (isUrl(name) || name === '-') return null
  return stat(name).then(
    ({ size }) => size,
    () => 0,
  )
}
