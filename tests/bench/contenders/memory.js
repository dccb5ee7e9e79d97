import { openAsBlob } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { getHeapStatistics } from 'node:v8'
import { importerCid } from './importer.js'
import { byHand, byNftStorage, byPinata, each } from './order.js'
import { smallFile } from './small.js'

/**
 * Usage: node --expose-gc memory.js TASK CONTENDER SOURCE OF [ENDPOINT], where OF is the path of a file
 * or how many there are to be. Writes as JSON what came out; by how many bytes the resident memory and
 * the heap rose, at their peaks, above what they were before; and how many pages of WebAssembly memory
 * there are.
 */
const [task, contender, source, of, endpoint] = process.argv.slice(2)

// The package does not hand out its memory: it is found where it is made.
let memory
const { instantiate } = WebAssembly
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate(...args)
  const exports = Object.values((made.instance ?? made).exports)
  memory = exports.find((each) => each instanceof WebAssembly.Memory)
  return made
}
const { cidOf, pin, pinAll } = await import('../../../pkg/index.js')

/** What the importer of a stream gets from the kernel at a time, from a file or a socket. */
const CHUNK_SIZE = 65_536
const MIB = 1_048_576

const options = { token: 'bench', endpoint }

const TASKS = {
  cid: {
    'numbers-pin': (given) => cidOf(given),
    'ipfs-unixfs-importer': (given) => importerCid(given, 1),
    'reading only': read,
  },
  pin: {
    'numbers-pin': async (given) => proven(await pin(given, options)),
    fetch: async (given) => (await byHand(given, endpoint)).cid,
    pinata: async (given) => (await byPinata(given, endpoint)).cid,
    'nft.storage': async (given) => (await byNftStorage(given, endpoint)).cid,
  },
  pinAll: {
    'numbers-pin': async (count) => {
      const results = await pinAll(files(count), { ...options, concurrency: 8 })
      return results.filter(({ value }) => value && proven(value)).length
    },
    fetch: many(byHand),
    pinata: many(byPinata),
  },
}

const SOURCES = {
  stream,
  Blob: () => openAsBlob(of),
  memory: async () => new File([await readFile(of)], 'sample.bin'),
  generator: () => Number(of),
}

const given = await SOURCES[source]()
globalThis.gc()
await forgetPeak()
const before = { resident: process.memoryUsage.rss(), heap: heap() }
let highest = before.heap
const watch = setInterval(() => (highest = Math.max(highest, heap())), 1)
const result = await TASKS[task][contender](given)
clearInterval(watch)
const rise = {
  resident: (await peak()) - before.resident,
  heap: Math.max(highest, heap()) - before.heap,
}
const pages = memory && memory.buffer.byteLength / 65_536
console.log(JSON.stringify({ result, ...rise, pages }))

/** As many zeros as the file has. */
function stream() {
  let left = 1_073_741_824 / CHUNK_SIZE
  return new ReadableStream({
    pull(controller) {
      if (left === 0) return controller.close()
      left -= 1
      controller.enqueue(new Uint8Array(CHUNK_SIZE))
    },
  })
}

async function read(source) {
  let size = 0
  for await (const chunk of source instanceof Blob ? pieces(source) : source) size += chunk.length
  return size
}

/** A Blob piece by piece: the stream of one in memory is a single chunk. */
async function* pieces(blob) {
  for (let at = 0; at < blob.size; at += MIB) {
    yield new Uint8Array(await blob.slice(at, at + MIB).arrayBuffer())
  }
}

function proven({ cid, verified }) {
  return verified ? cid : undefined
}

function* files(count) {
  for (let index = 0; index < count; index += 1) yield smallFile(index)
}

/** As one would do it without `pinAll`: every receipt is kept. */
function many(order) {
  return async (count) => {
    const receipts = []
    await each(count, 8, async (index) => {
      receipts[index] = await order(smallFile(index), endpoint)
    })
    return receipts.filter(({ cid }) => cid).length
  }
}

/** JavaScript's own objects; buffers are outside it. */
function heap() {
  return getHeapStatistics().used_heap_size
}

/** Has Linux count from now, not from the start. */
async function forgetPeak() {
  await writeFile('/proc/self/clear_refs', '5').catch(() => {})
}

/** The most that was resident, in bytes. Linux counts the parent into what Node tells. */
async function peak() {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const [, kilobytes = process.resourceUsage().maxRSS] = /VmHWM:\s+(\d+)/.exec(status) ?? []
  return kilobytes * 1024
}
