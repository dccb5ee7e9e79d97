/**
 * A form as the bytes that it travels as (RFC 7578), as the HTML Standard has browsers write it. It is here
 * for servers as long as their `FormData` is not sound: `sendsFormData` in quirks.js has the reason, and
 * when this file can be deleted.
 */

import { TextEncoder } from './encoding.js'
import { PinError } from './error.js'
import { isServer } from './quirks.js'

/** The most bytes that are sent at a time where progress is reported. */
const PIECE = 65_536

/** Drawn once: that takes as long as all else that is done here. */
let secret
/** How many forms there were. */
let forms = 0

/**
 * @param {Uint8Array | Blob} file
 * @param {string} mediaType of the file
 * @param {string} filename
 * @param {Record<string, string>} fields those that follow the file
 * @param {import('./progress.js').Progress} progress
 * @returns {{ type: string, length?: string, body: Uint8Array | Blob | ReadableStream }} with a length
 *   where the body is a stream
 */
export function encode(file, mediaType, filename, fields, progress) {
  // Unpredictable, so that a file cannot inject a part, nor a form that was sent before.
  secret ??= crypto.getRandomValues(new Uint32Array(4)).join('-')
  const boundary = `numbers-pin-${forms++}-${secret}`
  const part = (name) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`
  const mime = /^[ -~]+$/.test(mediaType) ? mediaType.toLowerCase() : 'application/octet-stream'
  let tail = '\r\n'
  for (const name in fields) tail += `${part(name)}\r\n\r\n${fields[name]}\r\n`

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

/** A stream that counts what is taken of it: the only way in which a server can report an upload. */
function stream(before, file, after, progress) {
  const pieces = generate(before, file, after, progress)
  const source = {
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => void pieces.return(),
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}

/** That a piece is asked for means that those before it were taken. */
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
 * Not read as one Blob with head and tail: Node pauses between the parts of one, and since version 24
 * it loses a refusal that comes meanwhile.
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
