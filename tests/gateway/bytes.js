import { createCipheriv, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** CIDs of other implementations, which the file names. */
export const vectors = JSON.parse(
  readFileSync(new URL('../vectors/unixfs.json', import.meta.url), 'utf8'),
)

const patterns = {
  p31: (size) => Buffer.alloc(size).map((_, i) => i * 31 + (i >> 8)),
  zero: (size) => Buffer.alloc(size),
}

/** The bytes of a row of the vectors. */
export function bytesOf({ content, pattern, size }) {
  if (pattern) return patterns[pattern](size)
  if ('utf8' in content) return Buffer.from(content.utf8)
  return random(content.chacha20_seed, content.size)
}

/** Bytes without repetition, the same for the same seed: a ChaCha20 keystream. */
export function random(seed, size) {
  const key = createHash('sha256').update(seed).digest()
  return createCipheriv('chacha20', key, Buffer.alloc(16)).update(Buffer.alloc(size))
}
