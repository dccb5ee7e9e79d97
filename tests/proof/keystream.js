import { createCipheriv, createHash } from 'node:crypto'

const ZEROS = Buffer.alloc(1_048_576)

/**
 * Bytes without repetition, the same for the same seed: the ChaCha20 keystream of kubo's tests,
 * generated on demand.
 *
 * @param {string} seed
 * @param {number} size
 * @returns {ReadableStream<Uint8Array>}
 */
export function keystream(seed, size) {
  const key = createHash('sha256').update(seed).digest()
  const cipher = createCipheriv('chacha20', key, Buffer.alloc(16))
  let left = size
  return new ReadableStream(
    {
      pull(controller) {
        const length = Math.min(left, ZEROS.length)
        if (length === 0) return controller.close()
        left -= length
        controller.enqueue(cipher.update(ZEROS.subarray(0, length)))
      },
    },
    { highWaterMark: 0 },
  )
}

/** The same bytes as one array. */
export async function keystreamBytes(seed, size) {
  return new Uint8Array(await new Response(keystream(seed, size)).arrayBuffer())
}
