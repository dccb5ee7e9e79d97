// Compiles with every set of libraries, also without those of a runtime.
import { cidOf, download, locate, pin, pinAll, verify, type ByteSource } from 'numbers-pin'

const bytes: ByteSource = new Uint8Array(1)
export const cid: string = await cidOf(bytes)
export const cids: string[] = []
for (const { status, value, reason } of await pinAll([bytes], { token: 'token' }))
  cids.push(status === 'fulfilled' ? value.cid : reason.outcome)

const blob = await download(cid)
export const size: number = blob.size
await pin(new SharedArrayBuffer(1), { onProgress: ({ phase }) => void phase })
await verify(bytes, await locate(cid))

// @ts-expect-error a number is no source
await pin(1)
// @ts-expect-error neither is an object without bytes
await pin({ size: 1 })
// @ts-expect-error a text has no bytes
await cidOf('text')
// @ts-expect-error a signal is an AbortSignal
await pin(bytes, { signal: 1 })
