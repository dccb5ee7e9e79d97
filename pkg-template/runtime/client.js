import { bytesOfBlob } from './bytes.js'
import { Chunks } from './chunks.js'
import { send } from './fetch.js'
import { retryAfter } from './response.js'
import { get, header, wholeNumber } from './value.js'

/** The media type of a block, and the query that asks for one. */
const BLOCK = 'application/vnd.ipld.raw'
const BLOCK_QUERY = '?format=raw'

/** The status that stands for a response of another media type. */
const NOT_ACCEPTABLE = 406

/**
 * Sends a request to a gateway. Never rejects. It has nothing that needs a CORS preflight, because gateways
 * refuse them.
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
 * }>} `status` if there is a response, `blob` and `block` if a success is complete, `error` if something was
 *   thrown
 */
export async function request(method, url, signal, limit, isBlock, progress, fetch) {
  const result = {}
  try {
    const response = await send(
      url,
      { method, signal, cache: 'no-store' },
      undefined,
      progress,
      fetch,
    )
    result.status = wholeNumber(get(response, 'status'))
    result.retryAfter = retryAfter(response)
    if (!(result.status >= 200 && result.status < 300)) return result
    const type = header(response, 'content-type') ?? ''
    if (url.endsWith(BLOCK_QUERY) && !type.startsWith(BLOCK))
      return { ...result, status: NOT_ACCEPTABLE }
    result.isEncoded = header(response, 'content-encoding') !== undefined
    // The Content-Length of a compressed body is not that of the content.
    const length = result.isEncoded ? undefined : wholeNumber(header(response, 'content-length'))
    progress.expect(length)
    if (length > limit) return result
    const chunks = new Chunks(get(response, 'body') ?? new Blob([]).stream())
    signal.addEventListener('abort', () => chunks.cancel())
    const blob = await chunks.collect(limit, type, progress)
    chunks.cancel()
    if (isBlock && blob) result.block = await bytesOfBlob(blob)
    result.blob = blob
  } catch (error) {
    result.error = error ?? 'unknown'
  }
  return result
}
