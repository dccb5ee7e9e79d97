/**
 * Passes a stream on chunk by chunk. `onChunk` and `onEnd` may throw, which errors the stream. The
 * source is not cancelled then: most runtimes would close the connection that the response needs.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @param {{
 *   onChunk(chunk: Uint8Array): void,
 *   onEnd?(): void,
 *   onFail?(reason: unknown): void,
 * }} watcher `onFail` is called before the stream errors
 */
export function watched(stream, { onChunk, onEnd, onFail }) {
  const reader = stream.getReader()
  const pull = async (controller) => {
    try {
      const { done, value } = await reader.read()
      if (done) {
        onEnd?.()
        return controller.close()
      }
      onChunk(value)
      controller.enqueue(value)
    } catch (reason) {
      onFail?.(reason)
      controller.error(reason)
    }
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}
