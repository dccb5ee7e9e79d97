// Compiles with the types of Node, with the DOM's and without.
import { Blob as BlobOfNode } from 'node:buffer'
import { createReadStream, openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import { download, pin } from 'numbers-pin'

const options = { signal: AbortSignal.timeout(1), endpoint: new URL('https://example.org') }
await pin(Readable.toWeb(createReadStream('file')), options)
await pin(await openAsBlob('file'), options)
await pin(await fetch('https://example.org'), options)
await pin(new BlobOfNode([]))
await pin(new Blob([]))
await pin(new Response('').body!)
await pin(Buffer.from('a'))
await pin(new URL('https://example.org'))
export const text: string = await (await download('cid')).text()
