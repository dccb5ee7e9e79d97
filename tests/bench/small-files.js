import { floor } from './contenders/floor.js'
import { smallFile } from './contenders/small.js'

/** What a service tells when so many small files have arrived. */
export function smallFiles(count) {
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const file = smallFile(number)
      return { bytes: file.size, sha256: await floor(file) }
    }),
  )
}
