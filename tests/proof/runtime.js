// Checks the vectors of small files in a process without Node's hash functions. The argument says what it
// has: `node` is all of Node, `subtle` is only `crypto.subtle`, and `none` no hash function at all. `zone` is `subtle` with a
// replaced Promise, like that of Angular's zone.js, and `timers` is `subtle` with only timers to yield.
import { createHash } from 'node:crypto'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { verify } from '../../pkg/index.js'
import { check } from './check.js'
import { bytesOf } from '../support/content.js'
import { keystreamBytes } from './keystream.js'
import { VECTORS } from '../support/vectors.js'

const [, , has] = process.argv
const { subtle } = crypto
let digests = 0

// A file of several chunks as one raw block.
const large = new Uint8Array(3_000_000).fill(7)
const digest = createHash('sha256').update(large).digest()
const raw = String(CID.createV1(0x55, create(0x12, digest)))

if (has !== 'node') {
  process.getBuiltinModule = undefined
  const counted = { digest: (...args) => ((digests += 1), subtle.digest(...args)) }
  Object.defineProperty(globalThis, 'crypto', {
    // An http page has no `subtle`.
    value: has === 'none' ? {} : { subtle: counted },
  })
}
if (has === 'zone') {
  // A class: an object with the same prototype would accept native promises as its own.
  globalThis.Promise = class Promise extends globalThis.Promise {}
}
if (has === 'timers') globalThis.setImmediate = globalThis.MessageChannel = undefined

const wrong = []
for (const vector of VECTORS.filter(({ size }) => size <= 4_194_304)) {
  const bytes = await bytesOf(vector.content, vector.size, keystreamBytes)
  wrong.push(...(await check(vector, bytes)))
}
const { verified: isWhole } = await verify(new Blob([large]), raw)
const { verified: isOther } = await verify(new Blob([large.fill(8)]), raw)
console.log(JSON.stringify({ wrong, digests, whole: [isWhole, isOther] }))
