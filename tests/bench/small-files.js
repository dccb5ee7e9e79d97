import { floor } from './contenders/floor.js'
import { smallFile } from './contenders/small.js'

/** The report of a service after this many small files. */
export function smallFiles(count) {
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const file = smallFile(number)
      return { bytes: file.size, sha256: await floor(file) }
    }),
  )
}
