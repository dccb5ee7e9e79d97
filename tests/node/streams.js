/** A stream of `chunks`. `use` records how it was used. */
export function streamOf(chunks, use = {}) {
  const iterator = chunks[Symbol.iterator]()
  use.pulled = 0
  return new ReadableStream(
    {
      pull(controller) {
        const { done, value } = iterator.next()
        if (done) return controller.close()
        use.pulled += value.length ?? value.byteLength
        controller.enqueue(value)
      },
      cancel(reason) {
        use.cancelled = { reason }
      },
    },
    { highWaterMark: 0 },
  )
}
