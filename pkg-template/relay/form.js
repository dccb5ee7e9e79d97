import { Refusal } from './refusal.js'

/** How much of the headers of a part is buffered. Browsers send a few hundred characters. */
const MAX_BUFFERED_HEADERS = 16_384

/** What ends the headers of a part. */
const BLANK_LINE = /\n\r?\n/

/** The boundary of a form. `undefined` if the request is no form, or parsers could differ over it. */
export function boundaryOf(headers) {
  const type = headers.get('Content-Type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) return undefined
  if (type.match(/;\s*boundary[^;=]*=/gi)?.length !== 1) return undefined
  const value = /;\s*boundary=(?:"([ !#-[\]-~]+)"|([!#-+\--:<-[\]-~]+))\s*(?:;|$)/i.exec(type)
  return value?.[1] ?? value?.[2]
}

/**
 * Checks a form chunk by chunk while it is streamed. A form with more than one file is refused, because
 * `maxSize` limits one and each may be charged; so is the field `fileURL` unless `urls`. Whatever a parser
 * could take for such a part counts as one. Other mistakes are left to the endpoint.
 *
 * @param {string} boundary
 * @param {boolean} urls
 * @returns {(chunk: Uint8Array) => void}
 */
export function formCheck(boundary, urls) {
  const decoder = new TextDecoder()
  const delimiter = `\n--${boundary}`
  let files = 0
  // The end of the text so far, which the next chunk continues. A form begins with a delimiter.
  let rest = '\n'

  function checkPart(headers) {
    if (/\bfilename[*\d]*\s*=|\bname\s*=\s*"?file"?\s*(;|$)/im.test(headers)) files += 1
    if (files > 1) throw new Refusal(400, 'A form must not have more than one file')
    const hasURL = /\bname(\*|\s*=\s*"?fileURL)/i.test(headers.replaceAll('\\', ''))
    if (hasURL && !urls) throw new Refusal(403, 'This relay does not pin URLs')
  }

  return (chunk) => {
    const parts = (rest + decoder.decode(chunk)).split(delimiter)
    const last = parts.at(-1)
    // The last delimiter, which `--` follows, begins no part.
    const isCut = parts.length > 1 && !last.startsWith('--') && !BLANK_LINE.test(last)
    rest = isCut ? delimiter + parts.pop() : last.slice(1 - delimiter.length)
    for (const part of parts.slice(1)) checkPart(part.split(BLANK_LINE, 1)[0])
    if (rest.length > MAX_BUFFERED_HEADERS)
      throw new Refusal(400, 'The headers of a part of the form are too long')
  }
}
