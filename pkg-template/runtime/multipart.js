/**
 * Writes a form as multipart/form-data (RFC 7578, HTML Standard), for servers: their `FormData` is not
 * reliable. `sendsFormData` in quirks.js has the reason, and when this file can be deleted.
 */

import { PinError } from './error.js'
import { TextEncoder, isServer } from './quirks.js'
import { cryptography, ignoreRejection } from './value.js'

/** The maximum size of a piece in bytes, if progress is reported. */
const PIECE = 65_536

/** Created once, because this is slow. */
let secret
/** The number of forms so far. */
let forms = 0

/**
 * @param {Uint8Array | Blob} file
 * @param {string} mediaType of the file
 * @param {string} filename
 * @param {Record<string, string>} fields after the file
 * @param {import('./progress.js').Progress} progress
 * @returns {{ type: string, length?: string, body: Uint8Array | Blob | ReadableStream }} with a length if
 *   the body is a stream
 */
export function encode(file, mediaType, filename, fields, progress) {
  // Unpredictable, so that a file cannot inject a part. The number makes it unique.
  secret ??= cryptography().getRandomValues(new Uint32Array(4)).join('-')
  const boundary = `numbers-pin-${forms++}-${secret}`
  const part = (name) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`
  const mime = /^[ -~]+$/.test(mediaType) ? mediaType.toLowerCase() : 'application/octet-stream'
  let tail = '\r\n'
  for (const [name, value] of Object.entries(fields)) tail += `${part(name)}\r\n\r\n${value}\r\n`

  const encoder = new TextEncoder()
  const before = encoder.encode(
    `${part('file')}; filename="${filename.replace(/[\n\r"]/g, encodeURIComponent)}"\r\nContent-Type: ${mime}\r\n\r\n`,
  )
  const after = encoder.encode(`${tail}--${boundary}--\r\n`)
  const type = `multipart/form-data; boundary=${boundary}`
  if (!progress.isReported || !isServer()) return { type, body: join(before, file, after) }
  const length = before.length + (file.size ?? file.length) + after.length
  return { type, length: String(length), body: stream(before, file, after, progress) }
}

function join(before, file, after) {
  if (!(file instanceof Uint8Array)) return new Blob([before, file, after])
  const form = new Uint8Array(before.length + file.length + after.length)
  form.set(before)
  form.set(file, before.length)
  form.set(after, before.length + file.length)
  return form
}

/** A stream that reports how much of it was read: the only upload progress that servers have. */
function stream(before, file, after, progress) {
  const pieces = generate(before, file, after, progress)
  const source = {
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => ignoreRejection(pieces.return()),
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}

/** When a piece is requested, the ones before it were sent. */
async function* generate(before, file, after, progress) {
  let sent = 0
  yield before
  for await (const chunk of file instanceof Uint8Array ? [file] : chunks(file))
    for (let start = 0; start < chunk.length; start += PIECE) {
      progress.report('upload', sent)
      const piece = chunk.subarray(start, start + PIECE)
      sent += piece.length
      yield piece
    }
  progress.report('upload', sent)
  yield after
  progress.report('processing', sent)
}

/**
 * Reads a file in chunks. Not a Blob of all parts: Node pauses between the parts of a Blob, and since version
 * 24 it loses an error response that arrives during the pause.
 */
async function* chunks(file) {
  try {
    const reader = file.stream().getReader()
    try {
      for (let step; !(step = await reader.read()).done;) yield step.value
    } finally {
      await reader.cancel()
    }
  } catch (cause) {
    throw new PinError('The source could not be read', {
      code: 'unreadable',
      outcome: 'unknown',
      cause,
    })
  }
}
