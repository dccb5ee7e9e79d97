import { bytesOf, plain, toBlob } from './bytes.js'
import { isPlain } from './value.js'

/**
 * Copies the options and the list of a batch, which a caller may change as soon as it has called.
 * What cannot be copied is left for Rust to refuse.
 *
 * @param {unknown[]} args the source, or the CID, and what follows
 */
export function snapshot([subject, ...rest]) {
  return [
    attempt((value) => (isList(value) ? copyList(value) : value), subject),
    ...rest.map((value) => attempt((value) => (isPlain(value) ? { ...value } : value), value)),
  ]
}

/** Bytes up to here stay in memory, in bytes; more of them go to where the runtime keeps Blobs. */
const SMALL_FILE_MAX = 65_536

/** Copies bytes in memory, and returns any other source as it is. */
export function copyBytes(source) {
  return attempt((source) => {
    const bytes = bytesOf(source)
    if (!bytes) return source
    return bytes.length <= SMALL_FILE_MAX ? bytes.slice() : toBlob(plain(bytes))
  }, source)
}

function attempt(copy, value) {
  try {
    return copy(value)
  } catch {
    return value
  }
}

/** Returns the items, or an iterable that throws the same error: iterated again, it may not throw. */
function copyList(list) {
  try {
    return [...list]
  } catch (error) {
    return (function* () {
      throw error
    })()
  }
}

/** Whether it can be iterated again and again. */
function isList(value) {
  return /^\[object (Array|Set|FileList)\]$/.test(Object.prototype.toString.call(value))
}
