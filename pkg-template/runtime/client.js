import { bytesOfBlob } from './bytes.js'
import { Chunks } from './chunks.js'
import { send } from './fetch.js'
import { retryAfter } from './response.js'
import { get, header, wholeNumber } from './value.js'

/** The media type of a block, and the query that asks for one. */
const BLOCK = 'application/vnd.ipld.raw'
const BLOCK_QUERY = '?format=raw'

/** The status of a response that is not what was asked for. */
const NOT_ACCEPTABLE = 406

/**
 * Requests something of a gateway. Nothing travels that needs a CORS preflight, which gateways refuse. It never
 * rejects.
 *
 * @param {'GET' | 'HEAD'} method
 * @param {AbortSignal} signal stops it
 * @param {number} limit in bytes of the body
 * @param {boolean} isBlock whether the bytes are needed too
 * @param {import('./progress.js').Progress} progress
 * @param {typeof globalThis.fetch} [fetch] the caller's
 * @returns {Promise<{
 *   status?: number,
 *   retryAfter?: number,
 *   isEncoded?: boolean,
 *   blob?: Blob,
 *   block?: Uint8Array,
 *   error?: unknown,
 * }>} `status`: where there is a response; `blob` and `block`: where all of a success is there; `error`: what
 *   was thrown
 */
export async function request(method, url, signal, limit, isBlock, progress, fetch) {
  const answer = {}
  try {
    const response = await send(
      url,
      { method, signal, cache: 'no-store' },
      undefined,
      progress,
      fetch,
    )
    answer.status = wholeNumber(get(response, 'status'))
    answer.retryAfter = retryAfter(response)
    if (!(answer.status >= 200 && answer.status < 300)) return answer
    const type = header(response, 'content-type') ?? ''
    if (url.endsWith(BLOCK_QUERY) && !type.startsWith(BLOCK))
      return { ...answer, status: NOT_ACCEPTABLE }
    answer.isEncoded = header(response, 'content-encoding') !== undefined
    // Of a body that is compressed, a gateway states the length of what travels.
    const length = answer.isEncoded ? undefined : wholeNumber(header(response, 'content-length'))
    progress.expect(length)
    if (length > limit) return answer
    const chunks = new Chunks(get(response, 'body') ?? new Blob([]).stream())
    signal.addEventListener('abort', () => chunks.cancel())
    const blob = await chunks.collect(limit, type, progress)
    chunks.cancel()
    answer.blob = blob
    if (isBlock && blob) answer.block = await bytesOfBlob(blob)
  } catch (error) {
    answer.error = error ?? 'unknown'
  }
  return answer
}
