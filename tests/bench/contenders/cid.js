import { cidOf } from '../../../pkg/index.js'
import { bytesOf } from './bytes.js'
import { floor } from './floor.js'
import { importerCid } from './importer.js'

const contenders = {
  'numbers-pin': (source, version) => cidOf(source, { version }),
  'ipfs-unixfs-importer': importerCid,
  floor,
}

const sources = {}

/** Makes the sources of so many bytes. */
export function prepare(size) {
  sources.bytes = bytesOf(size)
  sources.Blob = new Blob([sources.bytes])
}

/** One sample: how long it took, in ms, and what came out. */
export async function sample(contender, source, version) {
  const start = performance.now()
  const result = await contenders[contender](sources[source], version)
  return { ms: performance.now() - start, result }
}
