import { boundaryOf, formCheck } from './form.js'
import { Refusal } from './refusal.js'
import { watched } from './stream.js'

/** Refuses what the headers of a request show. Runs after `authorize`, which may have read the body. */
export function checkBody({ body, bodyUsed, headers }, { maxBytes, urls }) {
  if (bodyUsed || body?.locked) throw alreadyRead()
  const isJSON = /^application\/json\s*(;|$)/i.test(headers.get('Content-Type'))
  if (!isJSON && boundaryOf(headers) === undefined)
    throw new Refusal(415, 'Send multipart/form-data with a boundary, or application/json')
  if (isJSON && !urls) throw new Refusal(403, 'This relay does not pin URLs')
  if (!body || lengthOf(headers) === 0) throw new Refusal(400, 'There is no body')
  if (lengthOf(headers) > maxBytes) throw tooLarge()
}

/**
 * The body of a request. It is refused while it is streamed if it is too large, incomplete, or a form
 * that may not be forwarded.
 *
 * @param {Request} request
 * @param {ReturnType<import('./options.js').readOptions>} settings
 * @param {(reason: unknown) => void} onFail called before the stream errors
 */
export function checkedBody({ body, headers }, { maxBytes, urls }, onFail) {
  // `authorize` may have started to read after it returned.
  if (body.locked) throw alreadyRead()
  const length = lengthOf(headers)
  const boundary = boundaryOf(headers)
  const checkForm = boundary === undefined ? () => {} : formCheck(boundary, urls)
  let size = 0
  const onChunk = (chunk) => {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    if (size > length) throw new Refusal(400, 'The body is longer than its Content-Length')
    checkForm(chunk)
  }
  const onEnd = () => {
    if (size < length || size === 0) throw endedEarly(size, length)
  }
  return watched(body, { onChunk, onEnd, onFail })
}

/** The `Content-Length` of a request, `undefined` if there is none. */
export function lengthOf(headers) {
  const length = Number(headers.get('Content-Length') ?? NaN)
  return length >= 0 ? length : undefined
}

const alreadyRead = () => new Refusal(500, 'The body was read before it could be relayed')
const tooLarge = () => new Refusal(413, 'The file is larger than the relay takes')

function endedEarly(size, length) {
  const found = length === undefined ? 'is empty' : `ended after ${size} of ${length} bytes`
  return new Refusal(400, `The body ${found}: something before the relay read or cut it`)
}
