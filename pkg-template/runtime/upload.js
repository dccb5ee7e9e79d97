import { PinError } from './error.js'

/** The most bytes that are sent at a time, in bytes. */
const PIECE = 65_536

/**
 * The body of a form as a stream that counts what is taken: the only way in which a server can report the
 * progress of an upload.
 *
 * @param {Uint8Array} head what comes before the file
 * @param {Uint8Array | Blob} file
 * @param {Uint8Array} tail what comes after it
 * @param {import('./progress.js').Progress} progress
 */
export function stream(head, file, tail, progress) {
  const pieces = form(head, file, tail, progress)
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
async function* form(head, file, tail, progress) {
  let sent = 0
  yield head
  for await (const chunk of file instanceof Uint8Array ? [file] : chunks(file))
    for (let start = 0; start < chunk.length; start += PIECE) {
      progress.report('upload', sent)
      const piece = chunk.subarray(start, start + PIECE)
      sent += piece.length
      yield piece
    }
  progress.report('upload', sent)
  yield tail
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
