/**
 * What no way of hashing a source can do without: reading it, whole, and one digest of the runtime.
 *
 * @param {Blob | Uint8Array} source
 * @returns {Promise<string>} the SHA-256 in hexadecimal
 */
export async function floor(source) {
  const bytes = source instanceof Blob ? new Uint8Array(await source.arrayBuffer()) : source
  return hex(await sha256(bytes))
}

function sha256(bytes) {
  const node = globalThis.process?.getBuiltinModule('node:crypto')
  return node
    ? node.createHash('sha256').update(bytes).digest()
    : crypto.subtle.digest('SHA-256', bytes)
}

function hex(digest) {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
