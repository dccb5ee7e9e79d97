import { pin } from '../../../pkg/index.js'
import { bytesOf } from './bytes.js'
import { floor } from './floor.js'
import { byHand, byNftStorage, byPinata, each } from './order.js'

const contenders = {
  fetch: byHand,
  floor,
  'verify: false': pinWith({ verify: false }),
  'verify: false, onProgress': pinWith({ verify: false, onProgress }),
  defaults: pinWith({}),
  onProgress: pinWith({ onProgress }),
  pinata: byPinata,
  'nft.storage': byNftStorage,
}

let file
let phase

/** Creates a file of this many bytes. */
export function prepare(size) {
  file = new File([bytesOf(size)], 'sample.bin', { type: 'application/octet-stream' })
}

/**
 * One sample: how long the orders of the file took in ms, with this concurrency, and the results of
 * each.
 */
export async function sample(contender, { endpoint, count, atOnce }) {
  const run = contenders[contender]
  const results = []
  phase = undefined
  const start = performance.now()
  await each(count, atOnce, async () => results.push(await run(file, endpoint)))
  return { ms: performance.now() - start, results, phase }
}

function pinWith(options) {
  return (file, endpoint) => pin(file, { token: 'bench', endpoint, ...options })
}

function onProgress(event) {
  phase = event.phase
}
