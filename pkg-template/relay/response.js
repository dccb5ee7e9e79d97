import { redactor } from '../runtime/redact.js'
import { NO_SNIFFING } from './refusal.js'
import { watched } from './stream.js'

/** The maximum size of a response. A receipt has a few hundred bytes. */
const MAX_RESPONSE_BYTES = 1_048_576

/**
 * The response for the page: the status, the body and `Retry-After`, without the token. A page gets JSON
 * or plain text, whatever type the endpoint sent.
 */
export async function toPage({ status, headers, body }, token) {
  if (status >= 300 && status < 400) throw new RangeError('A redirect is not followed')
  const redact = redactor(token)
  const text = body ? await new Response(limited(body)).text() : ''
  const sent = { ...NO_SNIFFING }
  const retryAfter = headers.get('Retry-After')
  if (retryAfter !== null && redact(retryAfter) === retryAfter) sent['Retry-After'] = retryAfter
  if (text === '') return new Response(null, { status, headers: sent })
  const isJSON = isValidJSON(text)
  sent['Content-Type'] = isJSON ? 'application/json' : 'text/plain; charset=utf-8'
  return new Response(isJSON ? redactJSON(text, redact) : redact(text), { status, headers: sent })
}

function limited(body) {
  let size = 0
  const onChunk = ({ byteLength }) => {
    size += byteLength
    if (size > MAX_RESPONSE_BYTES) throw new RangeError('The response is too large')
  }
  return watched(body, { onChunk })
}

function isValidJSON(text) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Writes each string and key anew. Quotes mean nothing else in JSON, and numbers keep their digits. */
const redactJSON = (text, redact) =>
  text.replace(/"(?:[^"\\]|\\.)*"/g, (string) => JSON.stringify(redact(JSON.parse(string))))
