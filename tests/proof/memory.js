// Computes the CID of 1 GiB in its own process, from a `stream`, a Blob in `memory` or a file at this path.
// Prints in bytes: `grown`, by how much the peak memory exceeds that of only reading the source, and
// `wasm`, the memory of WebAssembly.
import { openAsBlob } from 'node:fs'

const SIZE = 1_073_741_824
const CHUNK = new Uint8Array(1_048_576)
const [, , given] = process.argv

let memory
const { instantiate } = WebAssembly
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate(...args)
  const exports = Object.values((made.instance ?? made).exports)
  memory = exports.find((each) => each instanceof WebAssembly.Memory)
  return made
}
const { cidOf } = await import('../../pkg/index.js')

let peak = 0
const measure = () => (peak = Math.max(peak, process.memoryUsage.rss()))

/** A stream whose chunks are all the same memory. */
function stream() {
  let left = SIZE
  const pull = (controller) => {
    measure()
    if (left === 0) return controller.close()
    left -= CHUNK.length
    controller.enqueue(CHUNK)
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}

/** A Blob piece by piece: the stream of one in memory is a single chunk. */
async function* pieces(blob) {
  for (let at = 0; at < SIZE; at += CHUNK.length) {
    yield blob.slice(at, at + CHUNK.length).arrayBuffer()
  }
}

async function blob() {
  return given === 'memory' ? new Blob([new Uint8Array(SIZE)]) : openAsBlob(given)
}

const kept = given === 'stream' ? undefined : await blob()
await cidOf(CHUNK)
for await (const _ of kept ? pieces(kept) : stream()) measure()
const before = peak
await cidOf(kept ?? stream(), { onProgress: measure })
console.log(JSON.stringify({ grown: peak - before, wasm: memory.buffer.byteLength }))
