import { builtin } from './value.js'

/**
 * Returns the concatenated SHA-256 digests of the parts of a chunk, each between `prefix` and `suffix`. Servers
 * return them synchronously. `undefined` if the runtime has no SHA-256, as on an http page.
 *
 * @param {Uint8Array} chunk
 * @param {number} start where the first part begins
 * @param {number} size of each part, in bytes
 * @param {number} count of the parts
 * @param {Uint8Array} prefix
 * @param {Uint8Array} suffix
 * @returns {Uint8Array | Promise<Uint8Array> | undefined}
 */
export function digests(chunk, start, size, count, prefix, suffix) {
  const node = builtin('crypto')
  const subtle = node ? undefined : globalThis.crypto?.subtle
  if (!node && !subtle) return undefined
  const found = new Uint8Array(32 * count)
  const waiting = []
  for (let index = 0; index < count; index++) {
    const part = chunk.subarray(start + index * size, start + (index + 1) * size)
    if (node) {
      const hash = node.createHash('sha256').update(prefix).update(part).update(suffix)
      found.set(hash.digest(), 32 * index)
    } else {
      const digest = subtle.digest('SHA-256', join(prefix, part, suffix))
      waiting.push(digest.then((bytes) => found.set(new Uint8Array(bytes), 32 * index)))
    }
  }
  return node ? found : Promise.all(waiting).then(() => found)
}

/**
 * Node's hash of bytes that come in parts. `undefined` in browsers, which hash only what is whole.
 *
 * @returns {import('node:crypto').Hash | undefined}
 */
export const createHash = () => builtin('crypto')?.createHash('sha256')

/** Can be reused: runtimes copy the input of `digest` before they return. */
let block = new Uint8Array(0)

function join(prefix, part, suffix) {
  if (prefix.length + suffix.length === 0) return part
  const length = prefix.length + part.length + suffix.length
  if (block.length < length) block = new Uint8Array(length)
  block.set(prefix)
  block.set(part, prefix.length)
  block.set(suffix, prefix.length + part.length)
  return block.subarray(0, length)
}
