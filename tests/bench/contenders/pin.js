import { pin } from '../../../pkg/index.js'
import { bytesOf } from './bytes.js'
import { floor } from './floor.js'

const token = 'bench'

const contenders = {
  fetch: byHand,
  floor,
  'verify: false': pinWith({ verify: false }),
  'verify: false, onProgress': pinWith({ verify: false, onProgress }),
  defaults: pinWith({}),
  onProgress: pinWith({ onProgress }),
}

let file
let phase

/** Makes the file of so many bytes. */
export function prepare(size) {
  file = new File([bytesOf(size)], 'sample.bin', { type: 'application/octet-stream' })
}

/**
 * One sample: how long so many orders of the file took, in ms, so many at a time, and what came of
 * each.
 */
export async function sample(contender, { endpoint, count, atOnce }) {
  const run = contenders[contender]
  const results = []
  let left = count
  const work = async () => {
    while (left > 0) {
      left -= 1
      results.push(await run(file, endpoint))
    }
  }
  phase = undefined
  const start = performance.now()
  await Promise.all(Array.from({ length: atOnce }, work))
  return { ms: performance.now() - start, results, phase }
}

/** What one would write without a package. */
async function byHand(file, endpoint) {
  const body = new FormData()
  body.append('file', file)
  const headers = { Authorization: `token ${token}` }
  const response = await fetch(endpoint, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`Status ${response.status}`)
  return response.json()
}

function pinWith(options) {
  return (file, endpoint) => pin(file, { token, endpoint, ...options })
}

function onProgress(event) {
  phase = event.phase
}
