import { TextDecoder } from './encoding.js'
import { redactValue, redactor } from './redact.js'
import { Breaks } from './timer.js'
import { header } from './value.js'

/** How much of a body goes into an error, in UTF-16 units. */
const MAX_DETAIL = 300

/**
 * The body of a response to an order, without the token.
 *
 * @param {number} limit in bytes
 * @param {string | undefined} token
 * @returns {Promise<{ value: unknown, detail: string } | undefined>} the JSON that it is, if it is JSON,
 *   and its beginning; `undefined` once it has more than `limit` bytes
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

/** The body as UTF-8, whatever its headers say, as JSON is; `undefined` beyond the limit. */
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
      throw new TypeError('The body gave something else than bytes')
    }
    text += decoder.decode(value, { stream: true })
  }
}

/**
 * The seconds that the header `Retry-After` asks for. A date is compared with the server's own, since this
 * machine's clock may be wrong.
 */
export function retryAfter(response) {
  const value = header(response, 'retry-after')?.trim()
  if (/^\d+$/.test(value)) return Number(value)
  const now = Date.parse(header(response, 'date')) || Date.now()
  const seconds = (Date.parse(value) - now) / 1000
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
