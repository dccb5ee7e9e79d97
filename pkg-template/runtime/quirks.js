/**
 * What one runtime does differently from the others, and only here. Each entry names the public report,
 * the test that shows it, and when it can be deleted.
 */

import { get, has, pageUrl } from './value.js'

/** Whether this is neither a page nor a worker of one: Node, Deno, Bun, an edge runtime. */
export const isServer = () => pageUrl() === undefined

/**
 * Whether `fetch` sends a `FormData` soundly. Node ends the process when a file of a `FormData` has
 * changed by the time it is read (undici #5835), and in jsdom and happy-dom `fetch` is Node's, which
 * sends their `FormData` as text.
 *
 * Tests: `tests/node/unreadable.test.js`, `tests/node/environment.test.js`. Delete when undici #5835 is
 * fixed in every supported Node: `http/multipart.rs` goes with it.
 */
export function sendsFormData() {
  if (isServer()) return false
  try {
    const type = new Response(new FormData()).headers.get('Content-Type')
    return type.startsWith('multipart/form-data')
  } catch {
    return false
  }
}

/**
 * Whether `fetch` sends the bytes of a Blob. It sends a polyfilled one as the text `[object Blob]`; so
 * do Node's with those of jsdom, where its tests have no other.
 *
 * Report: jsdom #2555. Test: `tests/node/environment.test.js`. Delete when jsdom has Node's Blob.
 */
export function sendsBlob(blob) {
  const type = 'a/b'
  try {
    const sent = new Response(blob.slice(0, 0, type)).headers.get('Content-Type')
    return sent === type && blob instanceof Blob
  } catch {
    return false
  }
}

/**
 * The bytes of a Blob. Those of jsdom are read by a `FileReader` alone, before its version 28, as in Jest 30.
 *
 * Report: jsdom #2555. Test: `tests/pack/jest.js`. Delete when jest-environment-jsdom has a newer jsdom.
 */
export function readBlob(blob) {
  if (blob.arrayBuffer || !has('FileReader')) return blob.arrayBuffer()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result)
    reader.onerror = () => reject(reader.error)
    reader.readAsArrayBuffer(blob)
  })
}

/**
 * Whether a Blob can be a file of unknown size, or one that can be read once, such as a pipe. Bun's can:
 * a slice of one has other bytes than it should, and a form leaves it out. They are read as streams.
 *
 * Report: oven-sh/bun #31680, #36864. Test: `tests/hosts/bun.test.js`. Delete when slices and streams of
 * such files are right in every supported Bun.
 */
export const hasUnsizedBlobs = () => has('Bun')

/**
 * The end of the `name` of a file: at most 1024 characters. In Bun it can be a whole path, which nobody
 * should learn.
 *
 * Report: oven-sh/bun #35523. Test: `tests/hosts/bun.test.js`. Take `name` when Bun gives the name alone.
 */
export function nameOf(file) {
  const name = get(file, 'name')
  if (typeof name !== 'string') return undefined
  return (has('Bun') ? name.replace(/^.*[/\\]/s, '') : name).slice(-1024)
}

/**
 * Whether `fetch` repeats a POST when a kept connection breaks, and so pays twice. Deno does for bodies
 * whose bytes it has; it does not for a Blob.
 *
 * Report: denoland/deno #35610. Test: `tests/hosts/kept.test.js`. Delete when Deno repeats no POST.
 */
export const repeatsPosts = () => has('Deno')

/**
 * Removes from an error what came in place of HTTP: undici shows it, and it may have the token.
 *
 * Report: `data` of an `HTTPParserError`, as in undici #807. Test: `tests/support/faults/secrets.js`. Delete
 * when that has no `data`.
 */
export function hideReceived(error) {
  try {
    delete error.data
  } catch {
    // It is frozen, or no error.
  }
}
