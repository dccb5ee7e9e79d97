import { repeatsPosts } from './quirks.js'
import { has } from './value.js'
import * as xhr from './xhr.js'

/** Whether the runtime has what a request needs, in working order. */
export function canSend(isOrder) {
  try {
    new Headers().set('a', 'b')
    return has('fetch') || (isOrder && xhr.isThere())
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
  // jsdom has no `fetch`.
  const isXhr = size !== undefined && progress.isReported && xhr.isThere()
  if (isXhr || !has('fetch')) return xhr.send(url, init, size ?? 0, progress)
  const { body } = init
  if ((typeof body === 'string' || body instanceof Uint8Array) && repeatsPosts())
    init.body = new Blob([body])
  return fetch(url, init)
}
