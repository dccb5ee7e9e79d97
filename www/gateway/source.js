import createError from 'http-errors'
import { MAX_FILE_SIZE } from './limits.js'

/**
 * Fetches the file that a `fileURL` points to.
 *
 * @param {string} fileURL http or https
 * @param {AbortSignal} signal
 * @returns {Promise<{ bytes: Buffer, filename: string }>}
 *   rejects with 400 if the file cannot be fetched, 413 if it is larger than the limit
 */
export async function fetchSource(fileURL, signal) {
  if (!URL.canParse(fileURL)) throw createError(400, 'fileURL must be an absolute http(s) URL')
  const url = new URL(fileURL)
  if (!/^https?:$/.test(url.protocol))
    throw createError(400, 'fileURL must be an absolute http(s) URL')
  const chunks = []
  let size = 0
  try {
    const response = await fetch(url, { signal })
    if (!response.ok) throw new Error(`status ${response.status}`)
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > MAX_FILE_SIZE) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw createError(400, `fileURL could not be fetched: ${error.cause?.message ?? error.message}`)
  }
  if (size > MAX_FILE_SIZE) throw createError(413, `The file is larger than ${MAX_FILE_SIZE} bytes`)
  return { bytes: Buffer.concat(chunks), filename: url.pathname.split('/').pop() }
}

/**
 * Whether a request comes from a page of another machine. Such a page could read what only this
 * machine can reach, so nothing is fetched for it.
 *
 * @param {string | undefined} origin the `Origin` header, which only browsers send
 */
export function isForeign(origin) {
  if (origin === undefined) return false
  const { hostname } = URL.canParse(origin) ? new URL(origin) : {}
  return !/^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
