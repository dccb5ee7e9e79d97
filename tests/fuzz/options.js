import fc from 'fast-check'
import assert from 'node:assert/strict'
import * as numbersPin from '../../pkg/index.js'
import { SMALL } from '../support/faults/answers.js'
import { TOKEN } from '../support/faults/leaks.js'
import { optionsOf } from '../support/functions.js'
import { cid } from './answers.js'

const refuse = () => {
  throw new Error('no')
}
const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor']

/**
 * A value that is created when it is used: it throws when it is inspected, also by fast-check, which
 * generates, prints and shrinks values.
 */
class Hostile {
  constructor(make) {
    this.make = make
  }
}

/** Creates a hostile value, also in the fields of an object. Returns other values unchanged. */
export function reveal(value) {
  if (value instanceof Hostile) return value.make()
  if (value?.constructor !== Object) return value
  const fields = Object.getOwnPropertyDescriptors(value)
  for (const field of Object.values(fields)) if ('value' in field) field.value = reveal(field.value)
  return Object.defineProperties({}, fields)
}

const hostile = fc
  .constantFrom(
    () => new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, refuse]))),
    () => new Proxy(refuse, { get: refuse }),
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    },
    () => Object.create(Blob.prototype),
    () => Object.create(ReadableStream.prototype),
    () => Object.create(AbortSignal.prototype),
    () => Object.create(Uint8Array.prototype),
    () => Object.create(URL.prototype),
    () => ({ toString: refuse, valueOf: refuse, [Symbol.toPrimitive]: refuse }),
    () => ({ [Symbol.iterator]: refuse, [Symbol.asyncIterator]: refuse }),
    () => ({ then: refuse }),
    () => ({ length: 2 ** 53, size: NaN, stream: refuse, arrayBuffer: refuse }),
    () => ({
      get name() {
        return refuse()
      },
    }),
    () => {
      const buffer = new ArrayBuffer(8)
      structuredClone(buffer, { transfer: [buffer] })
      return buffer
    },
    () => {
      const { buffer } = new Uint8Array(8)
      const view = new DataView(buffer)
      structuredClone(buffer, { transfer: [buffer] })
      return view
    },
    () => new Uint8Array(new SharedArrayBuffer(8)),
    () => new ArrayBuffer(8, { maxByteLength: 16 }),
    () => Symbol('symbol'),
    () => refuse,
    () => Promise.resolve(7),
    () => class extends Blob {},
    () => new Date(NaN),
    () => '\ud800',
  )
  .map((make) => new Hostile(make))

const anything = fc.oneof(
  hostile,
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
  fc.anything({ withTypedArray: true, withSparseArray: true, withBoxedValues: true }),
)

const bytes = fc.uint8Array({ maxLength: 64 })

/** Streams of bytes and other values, which end or fail. */
const stream = fc
  .tuple(fc.array(fc.oneof({ arbitrary: bytes, weight: 4 }, anything)), fc.option(anything))
  .map(([chunks, failure]) => {
    const left = [...chunks]
    return new ReadableStream({
      pull(controller) {
        if (left.length > 0) controller.enqueue(reveal(left.shift()))
        else if (failure === null) controller.close()
        else controller.error(reveal(failure))
      },
    })
  })

export const sources = fc.oneof(
  { arbitrary: fc.constant(new Blob([SMALL.bytes()])), weight: 4 },
  bytes,
  bytes.map(({ buffer }) => buffer),
  bytes.map(({ buffer }) => new DataView(buffer)),
  fc.tuple(bytes, fc.string()).map(([bytes, name]) => new File([bytes], name)),
  stream,
  stream.map((stream) => new Response(stream)),
  fc.webUrl(),
  fc.webUrl().map((url) => new URL(url)),
  fc.string(),
  anything,
)

export const cids = fc.oneof({ arbitrary: cid, weight: 4 }, fc.string(), anything)

/** The valid values of each option. */
const GOOD = {
  token: fc.constantFrom(
    TOKEN,
    () => TOKEN,
    async () => TOKEN,
  ),
  endpoint: fc.oneof(fc.webUrl(), fc.constant(new URL('http://127.0.0.1/'))),
  gateway: fc.webUrl(),
  pin: fc.boolean(),
  version: fc.constantFrom(0, 1),
  profile: fc.constantFrom('kubo-cid-v1', 'unixfs-v0-2015'),
  // Rarely set: nothing is sent if the source has another CID.
  expect: fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, fc.constant(SMALL.cid), cid),
  filename: fc.string({ unit: 'binary', minLength: 1 }),
  maxSize: fc.nat(100),
  verify: fc.constantFrom(true, false, 'require'),
  signal: fc.nat(9).map((nth) => (nth === 0 ? AbortSignal.abort() : new AbortController().signal)),
  timeout: fc.nat(),
  retries: fc.nat(1000),
  concurrency: fc.integer({ min: 1, max: 100 }),
  dedupe: fc.boolean(),
  fetch: fc.constant((...args) => globalThis.fetch(...args)),
  onProgress: fc.constantFrom(() => {}, refuse),
  onResult: fc.constantFrom(() => {}, refuse),
}

const wrong = fc.oneof(
  anything,
  fc.constantFrom(
    () => 7,
    () => Promise.reject(7),
    async () => refuse(),
  ),
)

/**
 * Options of a function: valid ones, ones with an invalid or unknown option, and values that are not
 * options.
 *
 * @param {string} name of the function
 */
export async function optionsFor(name) {
  const names = await optionsOf(numbersPin[name])
  for (const name of names) assert.ok(GOOD[name], `no valid values for the option ${name}`)
  const model = Object.fromEntries(names.map((name) => [name, GOOD[name]]))
  const good = fc.record(model, { requiredKeys: names.filter((name) => name === 'token') })
  const one = fc.constantFrom(...names)
  return fc.oneof(
    { arbitrary: good, weight: 6 },
    {
      arbitrary: fc
        .tuple(good, one, wrong)
        .map(([options, name, wrong]) => ({ ...options, [name]: wrong })),
      weight: 4,
    },
    fc
      .tuple(good, fc.dictionary(fc.string(), anything))
      .map(([options, others]) => ({ ...others, ...options })),
    fc
      .tuple(good, one)
      .map(([options, name]) =>
        Object.defineProperty({ ...options }, name, { enumerable: true, get: refuse }),
      ),
    anything,
  )
}
