import { pinAll } from '../../../pkg/index.js'
import { byHand, each } from './order.js'
import { smallFile } from './small.js'

const AT_ONCE = 8

const contenders = { pinAll: byPinAll, fetch: byFetch }

/**
 * One sample: small files ordered, and after each thousand the ms that it took and the bytes
 * of the heap above what they were at first, once it was cleaned up, which the ms do not count.
 */
export async function sample(contender, { endpoint, count }) {
  const thousands = []
  let done = 0
  globalThis.gc()
  const atFirst = process.memoryUsage().heapUsed
  let start = performance.now()
  const onResult = () => {
    done += 1
    if (done % 1000 !== 0) return
    const ms = performance.now() - start
    globalThis.gc()
    thousands.push({ ms, heap: process.memoryUsage().heapUsed - atFirst })
    start = performance.now()
  }
  const cids = await contenders[contender](count, endpoint, onResult)
  return { thousands, cids: new Set(cids).size }
}

async function byPinAll(count, endpoint, onResult) {
  const options = { token: 'bench', endpoint, concurrency: AT_ONCE, onResult }
  const results = await pinAll(files(count), options)
  return results.map(({ value }) => value.verified && value.cid)
}

async function byFetch(count, endpoint, onResult) {
  const results = []
  await each(count, AT_ONCE, async (index) => {
    results[index] = await byHand(smallFile(index), endpoint)
    onResult()
  })
  return results.map(({ cid }) => cid)
}

function* files(count) {
  for (let index = 0; index < count; index += 1) yield smallFile(index)
}
