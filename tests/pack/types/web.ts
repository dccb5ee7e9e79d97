// Compiles with the types of a page and of a worker.
import { download, pin, type ByteSource } from 'numbers-pin'

export const sources: ByteSource[] = [
  new Blob([]),
  new File([], 'name'),
  new ReadableStream(),
  new Response(),
  new Blob([]).stream(),
  new ArrayBuffer(1),
  new DataView(new ArrayBuffer(1)),
]
const options = { signal: AbortSignal.timeout(1), endpoint: new URL('https://example.org') }
await pin(new URL('https://example.org'), options)
export const url: string = URL.createObjectURL(await download('cid'))
