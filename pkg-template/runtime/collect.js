import { bytesOfBlob, plain, toBlob } from './bytes.js'
import { sendsBlob } from './quirks.js'

/**
 * The largest source, in bytes, that is read before it is sent. What is hashed is then what is sent, an
 * error has the CID however early it comes, and a runtime sends bytes sooner than a Blob.
 */
const SMALL_FILE_MAX = 65_536

/**
 * Bytes as they can be sent and hashed, as often as needed: in memory if they are few, or else as a Blob of
 * the runtime's own.
 *
 * @param {Uint8Array | Blob} source
 * @param {number} limit in bytes
 * @param {string} type the media type
 * @returns {Promise<Uint8Array | Blob | undefined>} `undefined` if it has more bytes
 */
export async function collect(source, limit, type) {
  if ((source.size ?? source.length) > limit) return undefined
  // A copy: an iterator may use the memory for its next source.
  if (source instanceof Uint8Array && source.length <= SMALL_FILE_MAX) return source.slice()
  const blob = source instanceof Uint8Array ? toBlob(plain(source), type) : source
  if (blob.size > SMALL_FILE_MAX && sendsBlob(blob)) return blob
  const bytes = await bytesOfBlob(blob)
  if (bytes.length !== blob.size) throw new TypeError('Its size is not the number of its bytes')
  return bytes
}
