import { createReadStream, fstatSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable, addAbortSignal } from 'node:stream'
import { isUrl } from './url.js'

/** The largest file that the API accepts, in bytes. */
const MAX_PIN_BYTES = 26_214_400

/** How much of a file is read at a time, in bytes. To allocate the larger buffer takes longer than a small file. */
const CHUNK_SIZES = { small: 65_536, large: 1_048_576 }

/**
 * Reads a file or standard input (`-`) to its end. The size that the file system reports is not used:
 * it is 0 for the files of `/proc` and of some FUSE mounts.
 *
 * @param {string} name
 * @param {AbortSignal} signal
 * @returns {Promise<ReadableStream>}
 */
export async function openSource(name, signal) {
  const stream = await openStream(name, signal)
  // `toWeb` does not listen to a stream that an interruption has ended already.
  stream.on('error', () => {})
  return Readable.toWeb(stream)
}

/**
 * Reads a file or standard input (`-`) into memory, so that the bytes that are journaled are those that
 * are sent, even if the file is replaced meanwhile. What is too large for the API is not read to its end.
 *
 * @param {string} name
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>}
 */
export async function readSource(name, signal) {
  const chunks = []
  let size = 0
  for await (const chunk of await openStream(name, signal)) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MAX_PIN_BYTES)
      throw Object.assign(
        new Error(`The file is larger than ${MAX_PIN_BYTES} bytes, the limit of the API`),
        { code: 'too-large' },
      )
  }
  return new Blob(chunks)
}

async function openStream(name, signal) {
  if (name === '-') {
    // Node reads it as if it were empty.
    if (fstatSync(process.stdin.fd).isDirectory()) throw new Error('Standard input is a folder')
    return addAbortSignal(signal, process.stdin)
  }
  const stats = await stat(name)
  if (stats.isDirectory()) throw folderError(name)
  if (!stats.isFile()) throw new Error('This is not a regular file; use - for standard input')
  const { small, large } = CHUNK_SIZES
  return createReadStream(name, { highWaterMark: stats.size < large ? small : large, signal })
}

const folderError = (name) =>
  new Error(`This is a folder; name the files in it, such as ${name.replace(/[\\/]+$/, '')}/*`)

/** The size of a file in bytes, `null` for a URL and standard input, 0 for a missing file. */
export async function sizeOf(name) {
  if (isUrl(name) || name === '-') return null
  return stat(name).then(
    ({ size }) => size,
    () => 0,
  )
}
