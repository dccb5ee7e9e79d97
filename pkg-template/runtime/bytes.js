import { readBlob } from './quirks.js'
import { describe, tag } from './value.js'

/** A view of a buffer's or view's bytes, of whichever realm; `undefined` for anything else. */
export function bytesOf(value) {
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return isBuffer(value) ? new Uint8Array(value) : undefined
}

function isBuffer(value) {
  try {
    return Boolean(new DataView(value))
  } catch {
    return false
  }
}

/** Bytes as every function of a runtime takes them: copied where their memory is shared or can be resized. */
export function plain(bytes) {
  const { buffer } = bytes
  return tag(buffer) === 'ArrayBuffer' && !buffer.resizable ? bytes : new Uint8Array(bytes)
}

/** The bytes of a Blob. */
export async function bytesOfBlob(blob) {
  const buffer = await readBlob(blob)
  const bytes = bytesOf(buffer)
  if (bytes) return bytes
  throw new TypeError(`The Blob gave ${describe(buffer)}, not bytes`)
}

/** Rejects if a Blob cannot be read: its file may have changed or gone since it was chosen. */
export const probe = async (blob) => void (await bytesOfBlob(blob.slice(0, 1)))

/** One Blob of a part, or of an array of parts. */
export const toBlob = (parts, type) => new Blob([parts].flat(), { type })
