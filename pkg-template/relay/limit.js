/** The reason for which a stream over its limit ends. */
export const TOO_LARGE = new RangeError('Too many bytes')

/**
 * Passes a stream on chunk by chunk, up to a number of bytes. The source is not cancelled when the
 * limit is exceeded: most runtimes would then close the connection that the response needs.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number} maxBytes
 * @param {(reason: unknown) => void} [onFail] called before the stream errors
 */
export function limited(stream, maxBytes, onFail) {
  const reader = stream.getReader()
  let size = 0
  const pull = async (controller) => {
    try {
      const { done, value } = await reader.read()
      if (done) return controller.close()
      size += value.byteLength
      if (size > maxBytes) throw TOO_LARGE
      controller.enqueue(value)
    } catch (reason) {
      onFail?.(reason)
      controller.error(reason)
    }
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}
