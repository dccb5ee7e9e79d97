import { cidOf } from '../../../pkg/index.js'
import { bytesOf } from './bytes.js'
import { floor } from './floor.js'
import { importerCid } from './importer.js'

const contenders = {
  'numbers-pin': (source, version) => cidOf(source, { version }),
  'ipfs-unixfs-importer': importerCid,
  floor,
}

let given

/** Makes the source, `'bytes'` or `'Blob'`, of this many bytes. */
export function prepare(source, size) {
  given = undefined
  const bytes = bytesOf(size)
  given = source === 'Blob' ? new Blob([bytes]) : bytes
}

/**
 * One sample: how long it took, in ms, and what came out. What is too short for the clocks of hosts
 * is done over and over.
 */
export async function sample(contender, version, times) {
  let result
  const start = performance.now()
  for (let time = 0; time < times; time += 1) {
    result = await contenders[contender](given, version)
  }
  return { ms: (performance.now() - start) / times, result }
}
