import { header } from './value.js'

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

/** The seconds that the header `Retry-After` asks for, itself in seconds or a date. */
export function retryAfter(response) {
  const value = header(response, 'retry-after')?.trim()
  if (/^\d+$/.test(value)) return Number(value)
  const seconds = (Date.parse(value) - Date.now()) / 1000
  return /GMT$/.test(value) && Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}

/** Polyfills and mocks have a body without streams, or none. */
function readerOf(response) {
  try {
    return response.body.getReader()
  } catch {
    return undefined
  }
}
