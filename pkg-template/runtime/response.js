import { TextDecoder } from './quirks.js'
import { redactValue, redactor } from './redact.js'
import { Breaks } from './timer.js'
import { header } from './value.js'

/** The maximum length of `detail` in UTF-16 units. */
const MAX_DETAIL = 300

/**
 * Reads the body of a response to an order, and redacts the token.
 *
 * @param {number} limit in bytes
 * @param {string | undefined} token
 * @returns {Promise<{ value: unknown, detail: string } | undefined>} the parsed JSON, if it is JSON, and the
 *   start of the body; `undefined` if it has more than `limit` bytes
 */
export async function body(response, limit, token) {
  const body = await text(response, limit)
  if (body === undefined) return undefined
  const redact = redactor(token)
  const detail = redact(body.trim()).slice(0, MAX_DETAIL)
  return {
    value: redactValue(parse(body), redact),
    detail: detail.replace(/[\uD800-\uDBFF]$/, ''),
  }
}

function parse(body) {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/**
 * Reads the body as UTF-8, as JSON is, whatever its headers say; `undefined` beyond the limit. A mock without a stream
 * has none.
 */
async function text(response, limit) {
  const reader = readerOf(response)
  if (!reader) return response.text(limit)
  const decoder = new TextDecoder()
  const breaks = new Breaks()
  let text = ''
  let size = 0
  for (;;) {
    await breaks.take()
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (!(size <= limit)) {
      reader.cancel().catch(() => {})
      if (size > limit) return undefined
      throw new TypeError('The body is not bytes')
    }
    text += decoder.decode(value, { stream: true })
  }
}

/**
 * Returns the header `Retry-After` in seconds. A date is compared with the header `Date`, because the local
 * clock may be wrong.
 */
export function retryAfter(response) {
  const value = header(response, 'retry-after')?.trim()
  if (/^\d+$/.test(value)) return Number(value)
  const now = Date.parse(header(response, 'date')) || Date.now()
  const seconds = (Date.parse(value) - now) / 1000
  return /GMT$/.test(value) && Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}

/** Returns the reader of the body. Polyfills and mocks may have none. */
function readerOf(response) {
  try {
    return response.body.getReader()
  } catch {
    return undefined
  }
}
