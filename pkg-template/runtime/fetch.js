import { repeatsPosts } from './quirks.js'
import * as xhr from './xhr.js'

/** Whether the runtime has what a request and the reading of its response need, in working order. */
export function canFetch() {
  try {
    new Headers().set('a', 'b')
    new TextDecoder()
    return typeof fetch === 'function'
  } catch {
    return false
  }
}

/**
 * Sends a request. Where progress is reported, a page does so by `XMLHttpRequest`.
 *
 * @param {string} url
 * @param {RequestInit} init
 * @param {number | undefined} size of the file in the body, in bytes
 * @param {import('./progress.js').Progress} progress
 */
export async function send(url, init, size, progress) {
  if (size !== undefined && progress.isReported && xhr.isThere())
    return xhr.send(url, init, size, progress)
  const { body } = init
  if ((typeof body === 'string' || body instanceof Uint8Array) && repeatsPosts())
    init.body = new Blob([body])
  return fetch(url, init)
}
