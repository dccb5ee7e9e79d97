import { foreign } from './failure.js'
import { TextDecoder, refusesCache, repeatsPosts } from './quirks.js'
import { has } from './value.js'
import * as xhr from './xhr.js'

/** Whether the runtime can send requests and read responses. jsdom sends orders by `XMLHttpRequest`. */
export function canSend(isOrder, own) {
  try {
    new Headers().set('a', 'b')
    new TextDecoder()
    return Boolean(own) || has('fetch') || (isOrder && xhr.isThere())
  } catch {
    return false
  }
}

/**
 * Sends a request, by `XMLHttpRequest` if this is a page that reports progress.
 *
 * @param {string} url
 * @param {RequestInit} init
 * @param {number | undefined} size of the file in the body, in bytes
 * @param {import('./progress.js').Progress} progress
 * @param {typeof fetch} [own] called instead of the global `fetch`
 */
export async function send(url, init, size, progress, own) {
  const isXhr = size !== undefined && progress.isReported && xhr.isThere()
  if (!own && (isXhr || !has('fetch'))) return xhr.send(url, init, size ?? 0, progress)
  const { body } = init
  if ((typeof body === 'string' || body instanceof Uint8Array) && repeatsPosts())
    init.body = new Blob([body])
  const request = own ?? fetch
  try {
    return await request(url, init)
  } catch (error) {
    // A primitive is not recognized: it has no code.
    if (own) foreign.add(Object(error))
    if (!init.cache || !refusesCache(error)) throw error
    delete init.cache
    return request(url, init)
  }
}
