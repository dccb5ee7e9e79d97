import { SMALL_FILE_MAX, bytesOf, plain, toBlob } from './bytes.js'
import { isPlain, tag } from './value.js'

/**
 * Copies the options and the list of a batch: callers may change them after the call. What cannot be copied is
 * returned as it is, and Rust reports it.
 *
 * @param {unknown[]} args the source or the CID, and others
 */
export function snapshot([subject, ...rest]) {
  return [
    attempt((value) => (isList(value) ? copyList(value) : value), subject),
    ...rest.map((value) => attempt(copyOptions, value)),
  ]
}

function copyOptions(options) {
  if (!isPlain(options)) return options
  const copy = { ...options }
  for (const name of Object.keys(copy)) if (Array.isArray(copy[name])) copy[name] = [...copy[name]]
  return copy
}

/** Copies bytes. Returns any other source as it is. */
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

/** Copies the items. If that fails, returns an iterable that throws the same error. */
function copyList(list) {
  try {
    return [...list]
  } catch (error) {
    return (function* () {
      throw error
    })()
  }
}

/** Whether a value can be iterated several times. */
function isList(value) {
  return ['Array', 'Set', 'FileList'].includes(tag(value))
}
