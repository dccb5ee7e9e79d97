// Checks the vectors of small files in a process without Node's hash functions. The argument says what it
// has: `subtle` is only `crypto.subtle`, and `none` no hash function at all. `zone` is `subtle` with a
// replaced Promise, like that of Angular's zone.js, and `timers` is `subtle` with only timers to yield.
import { check } from './check.js'
import { bytesOf } from '../support/content.js'
import { keystreamBytes } from './keystream.js'
import { VECTORS } from '../support/vectors.js'

const [, , has] = process.argv
const { subtle } = crypto
let digests = 0

process.getBuiltinModule = undefined
const counted = { digest: (...args) => ((digests += 1), subtle.digest(...args)) }
Object.defineProperty(globalThis, 'crypto', {
  // An http page has no `subtle`.
  value: has === 'none' ? {} : { subtle: counted },
})
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
console.log(JSON.stringify({ wrong, digests }))
