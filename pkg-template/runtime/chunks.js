import { bytesOf, bytesOfBlob, plain, toBlob } from './bytes.js'
import { isServer } from './quirks.js'
import { Breaks } from './timer.js'
import { callMethod, describe, ignoreRejection } from './value.js'

/** The bytes of every chunk but the last: a multiple of every profile's chunk size. */
const SIZE = 1 << 20

/**
 * The longest Blob that a server reads as one stream while it is uploaded. The stream of a Blob in a
 * server's memory is one chunk, a copy of it all. That costs less than many slices here: between two of
 * them the allocator would return all that memory to the system, and get it back.
 */
const MAX_COPIED = 33_554_432

/**
 * Reads bytes in order, in chunks of 1 MiB, the last of which is shorter. A chunk is valid until the
 * next one is asked for.
 */
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
   * @param {boolean} isUploading whether the same Blob is uploaded meanwhile
   */
  constructor(data, isUploading) {
    if (data instanceof Uint8Array) this.#read = this.#views(data)
    else if (typeof data.getReader === 'function') this.#read = this.#gathered(data)
    else if (data.size <= SIZE) this.#read = this.#slices(data)
    // In a browser each slice is a request to another process.
    else if (!isServer()) this.#read = this.#filled(data)
    else if (isUploading && data.size <= MAX_COPIED) this.#read = this.#gathered(data.stream())
    else this.#read = this.#slices(data)
  }

  /** Whether it is known that there is no further chunk. */
  get isDone() {
    return this.#isAtEnd() && !this.#isDetached()
  }

  /** The next chunk, `undefined` at the end. */
  async next() {
    if (this.#isDetached()) throw new TypeError('The bytes were detached')
    await this.#breaks.take()
    this.#last = await this.#read()
    this.#length = this.#last?.length
    return this.#last
  }

  /** The caller may have transferred the memory before the chunk was used. */
  #isDetached() {
    return this.#last?.length !== this.#length
  }

  /** Stops the stream unless it has ended. */
  cancel() {
    if (this.#reader && !this.#hasEnded) ignoreRejection(callMethod(this.#reader, 'cancel'))
  }

  /** Reads a whole stream; `undefined` once it has given more than `limit` bytes. */
  async collect(limit, mediaType, progress) {
    const parts = []
    let size = 0
    for (;;) {
      const chunk = await this.#chunk()
      if (!chunk) return toBlob(parts, mediaType)
      size += chunk.length
      if (size > limit) return undefined
      // A copy: the stream may use the memory of one chunk for the next.
      parts.push(chunk.slice())
      progress?.advance(chunk.length)
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

  /** Of an empty Blob too there is a chunk: only reading it shows whether its file is still there. */
  #slices(blob) {
    const { size } = blob
    let at = 0
    this.#isAtEnd = () => at > 0 && at >= size
    return () => {
      if (this.#isAtEnd()) return undefined
      const start = at
      at += SIZE
      // The slice of an empty file would not be of the file.
      return bytesOfBlob(size <= SIZE ? blob : blob.slice(start, at))
    }
  }

  /** One buffer is filled again and again, which takes a fraction of the time of new ones. */
  #filled(blob) {
    const stream = blob.stream()
    try {
      this.#reader = stream.getReader({ mode: 'byob' })
    } catch {
      // Not every runtime's can.
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

  /** Chunks of any size are gathered; one that is as large is passed on. */
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

  /** The next chunk of the stream as bytes. */
  async #chunk() {
    const { done, value } = await this.#step()
    if (done) return undefined
    const bytes = bytesOf(value)
    if (bytes) return bytes
    throw new TypeError(`The stream gave ${describe(value)}, not bytes`)
  }

  async #step(room) {
    await this.#breaks.take()
    try {
      const step = await this.#reader.read(room)
      this.#hasEnded = Boolean(step.done)
      return step
    } catch (error) {
      this.#hasEnded = true
      throw error
    }
  }
}

/** Throws where the memory has been given away: a subarray would be empty. */
function part(bytes, start, end) {
  return plain(new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start))
}
