import { bytesOf, bytesOfBlob, plain, toBlob } from './bytes.js'
import { isServer } from './quirks.js'
import { Breaks } from './timer.js'
import { callMethod, describe, ignoreRejection } from './value.js'

/** The size of a chunk in bytes: a multiple of every profile's chunk size. */
const SIZE = 1 << 20

/**
 * The maximum size in bytes of a Blob that a server reads as a stream during its upload. The stream of a Blob
 * in memory is one chunk, a copy of all of it. Many slices are slower: between them the allocator returns the
 * memory to the system and requests it again.
 */
const MAX_COPIED = 33_554_432

/** Reads bytes in chunks of 1 MiB; the last one is smaller. A chunk is valid until the next call. */
export class Chunks {
  #breaks = new Breaks()
  #read
  #reader
  #hasEnded = false
  #isAtEnd = () => false
  #last
  #length

  /**
   * @param {Uint8Array | Blob | ReadableStream} data
   * @param {boolean} isUploading whether the same Blob is uploaded at the same time
   */
  constructor(data, isUploading) {
    if (data instanceof Uint8Array) this.#read = this.#views(data)
    else if (typeof data.getReader === 'function') this.#read = this.#gathered(data)
    else if (data.size <= SIZE || !data.stream) this.#read = this.#slices(data)
    // In a browser each slice is a request to another process.
    else if (!isServer()) this.#read = this.#filled(data)
    else if (isUploading && data.size <= MAX_COPIED) this.#read = this.#gathered(data.stream())
    else this.#read = this.#slices(data)
  }

  /** Whether there is certainly no further chunk. */
  get isDone() {
    return this.#isAtEnd() && !this.#isDetached()
  }

  /** Returns the next chunk; `undefined` at the end. */
  async next() {
    if (this.#isDetached()) throw new TypeError('The bytes are detached')
    await this.#breaks.take()
    this.#last = await this.#read()
    this.#length = this.#last?.length
    return this.#last
  }

  /** Whether the caller has transferred the memory of the last chunk. */
  #isDetached() {
    return this.#last?.length !== this.#length
  }

  /** Cancels the stream unless it has ended. */
  cancel() {
    if (this.#reader && !this.#hasEnded) ignoreRejection(callMethod(this.#reader, 'cancel'))
  }

  /** Reads a stream into a Blob; `undefined` if it has more than `limit` bytes. */
  async collect(limit, mediaType, progress) {
    const parts = []
    let size = 0
    for (;;) {
      const chunk = await this.#chunk()
      if (!chunk) return toBlob(parts, mediaType)
      size += chunk.length
      if (size > limit) return undefined
      // A copy: the stream may reuse the memory.
      parts.push(chunk.slice())
      progress.report('download', size)
    }
  }

  #views(bytes) {
    const { length } = bytes
    let at = 0
    this.#isAtEnd = () => at >= length
    return () => {
      const start = at
      at = Math.min(length, at + SIZE)
      return at > start ? part(bytes, start, at) : undefined
    }
  }

  /** An empty Blob has a chunk too: reading it fails if its file was deleted. */
  #slices(blob) {
    const { size } = blob
    let at = 0
    this.#isAtEnd = () => at > 0 && at >= size
    return () => {
      if (this.#isAtEnd()) return undefined
      const start = at
      at += SIZE
      // A slice of an empty file would not depend on the file.
      return bytesOfBlob(size <= SIZE ? blob : blob.slice(start, at))
    }
  }

  /** Fills one buffer repeatedly, which is much faster than allocating new ones. */
  #filled(blob) {
    const stream = blob.stream()
    try {
      this.#reader = stream.getReader({ mode: 'byob' })
    } catch {
      // Not all runtimes support it.
      return this.#gathered(stream)
    }
    let memory = new ArrayBuffer(SIZE)
    return async () => {
      let filled = 0
      while (filled < SIZE) {
        const { value } = await this.#step(new Uint8Array(memory, filled))
        memory = value.buffer
        if (value.length === 0) break
        filled += value.length
      }
      return filled > 0 ? new Uint8Array(memory, 0, filled) : undefined
    }
  }

  /** Joins the chunks of a stream. A chunk of full size is not copied. */
  #gathered(stream) {
    this.#reader = stream.getReader()
    let rest
    let memory
    return async () => {
      let filled = 0
      while (filled < SIZE) {
        const chunk = rest ?? (await this.#chunk())
        rest = undefined
        if (!chunk) break
        const length = Math.min(chunk.length, SIZE - filled)
        if (length < chunk.length) rest = part(chunk, length, chunk.length)
        const taken = part(chunk, 0, length)
        if (length === SIZE) return taken
        memory ??= new Uint8Array(SIZE)
        memory.set(taken, filled)
        filled += length
      }
      return filled > 0 ? memory.subarray(0, filled) : undefined
    }
  }

  /** Reads a chunk of the stream. */
  async #chunk() {
    const { done, value } = await this.#step()
    if (done) return undefined
    const bytes = bytesOf(value)
    if (bytes) return bytes
    throw new TypeError(`The stream returned ${describe(value)}, not bytes`)
  }

  async #step(room) {
    await this.#breaks.take()
    try {
      const step = await this.#reader.read(room)
      this.#hasEnded = step.done
      return step
    } catch (error) {
      this.#hasEnded = true
      throw error
    }
  }
}

/** Returns a part of bytes. Throws if they are detached: a subarray would be empty. */
function part(bytes, start, end) {
  return plain(new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start))
}
