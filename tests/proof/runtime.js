// Checks the vectors of small files in a process that has lost what Node hashes with, but for
// `crypto.subtle`, or for `none`; and, of `timers`, what is sooner than those. With `zone` it has another
// Promise than the runtime, as Angular's zone.js brings it.
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
  // As an object, it would still accept every promise of the runtime as its own.
  globalThis.Promise = class Promise extends globalThis.Promise {}
}
if (has === 'timers') globalThis.setImmediate = globalThis.MessageChannel = undefined

const wrong = []
for (const vector of VECTORS.filter(({ size }) => size <= 4_194_304)) {
  const bytes = await bytesOf(vector.content, vector.size, keystreamBytes)
  wrong.push(...(await check(vector, bytes)))
}
console.log(JSON.stringify({ wrong, digests }))
