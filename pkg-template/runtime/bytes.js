import { readBlob } from './quirks.js'
import { describe, get, tag } from './value.js'

/**
 * The maximum size in bytes of a source that is kept in memory, and read before it is sent: then all errors have
 * its CID, and runtimes send bytes faster than a Blob.
 */
export const SMALL_FILE_MAX = 65_536

/** Returns a view of the bytes of a buffer or view of any realm; `undefined` for other values. */
export function bytesOf(value) {
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return isBuffer(value) ? new Uint8Array(value) : undefined
}

function isBuffer(value) {
  try {
    // Without the first check every Blob would cost an exception.
    return get(value, 'byteLength') !== undefined && Boolean(new DataView(value))
  } catch {
    return false
  }
}

/** Returns bytes as all functions of a runtime accept them: a copy if their memory is shared or resizable. */
export function plain(bytes) {
  const { buffer } = bytes
  return tag(buffer) === 'ArrayBuffer' && !buffer.resizable ? bytes : new Uint8Array(bytes)
}

/** Returns the bytes of a Blob. */
export async function bytesOfBlob(blob) {
  const buffer = await readBlob(blob)
  const bytes = bytesOf(buffer)
  if (bytes) return bytes
  throw new TypeError(`The Blob returned ${describe(buffer)}, not bytes`)
}

/** Rejects if a Blob cannot be read: its file may be changed or deleted. */
export const probe = async (blob) => void (await bytesOfBlob(blob.slice(0, 1)))

/** Creates a Blob of a part or an array of parts. */
export const toBlob = (parts, type) => new Blob([parts].flat(), { type })
