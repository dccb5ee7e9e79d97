import { SMALL_FILE_MAX, bytesOfBlob, plain, toBlob } from './bytes.js'
import { sendsBlob } from './quirks.js'

/**
 * Returns bytes in a form that can be sent and hashed several times: in memory if they are small or of a polyfilled
 * Blob, otherwise as a native Blob.
 *
 * @param {Uint8Array | Blob} source
 * @param {number} limit in bytes
 * @param {string} type the media type
 * @returns {Promise<Uint8Array | Blob | undefined>} `undefined` if it is larger
 */
export async function collect(source, limit, type) {
  if ((source.size ?? source.length) > limit) return undefined
  // A copy: an iterator may reuse the memory for its next source.
  if (source instanceof Uint8Array && source.length <= SMALL_FILE_MAX) return source.slice()
  const blob = source instanceof Uint8Array ? toBlob(plain(source), type) : source
  if (blob.size > SMALL_FILE_MAX && sendsBlob(blob)) return blob
  const bytes = await bytesOfBlob(blob)
  if (bytes.length !== blob.size) throw new TypeError('The Blob has the wrong size')
  return bytes
}
