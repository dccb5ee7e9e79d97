/**
 * The body as UTF-8, whatever the answer claims, as JSON is.
 *
 * @returns {Promise<string | undefined>} `undefined` once it has more than `limit` bytes
 */
export async function text(response, limit) {
  const reader = readerOf(response)
  if (!reader) return response.text(limit)
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (!(size <= limit)) {
      reader.cancel().catch(() => {})
      if (size > limit) return undefined
      throw new TypeError('The body gave something else than bytes')
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** Polyfills and mocks have a body without streams, or none. */
function readerOf(response) {
  try {
    return response.body.getReader()
  } catch {
    return undefined
  }
}
