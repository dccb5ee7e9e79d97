import { openAsBlob } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { cidOf } from '../../../pkg/index.js'
import start from '../../../pkg/wasm/glue.js'
import { importerCid } from './importer.js'

/**
 * Usage: node memory.js CONTENDER SOURCE FILE, where FILE has SIZE zeros. Writes as JSON what came
 * out, by how many bytes the resident memory rose above what it was before, and how large the
 * WebAssembly memory became.
 */
const [contender, source, path] = process.argv.slice(2)

const SIZE = 1_073_741_824

/** What the importer of a stream gets from the kernel at a time, from a file or a socket. */
const CHUNK_SIZE = 65_536

const contenders = {
  'numbers-pin': cidOf,
  'ipfs-unixfs-importer': importerCid,
  'reading only': read,
}
const sources = { stream, Blob: () => openAsBlob(path) }

const given = await sources[source]()
const before = process.memoryUsage.rss()
const result = await contenders[contender](given, contender === 'numbers-pin' ? {} : 1)
const rise = (await peak()) - before
const wasm = contender === 'numbers-pin' ? (await start()).memory.buffer.byteLength : 0
console.log(JSON.stringify({ result, rise, wasm }))

/** As many zeros as the file has. */
function stream() {
  let left = SIZE / CHUNK_SIZE
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
  for await (const chunk of source.stream?.() ?? source) size += chunk.length
  return size
}

/** The most that was ever resident, in bytes. Linux counts the parent into what Node tells. */
async function peak() {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const [, kilobytes = process.resourceUsage().maxRSS] = /VmHWM:\s+(\d+)/.exec(status) ?? []
  return kilobytes * 1024
}
