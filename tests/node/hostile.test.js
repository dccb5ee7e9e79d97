import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cidOf, download, pin, pinAll } from '../../pkg/index.js'
import { json } from '../support/faults/answers.js'
import { RECEIPT, service } from '../support/service.js'
import { failure } from '../support/failure.js'

/** A CID of one raw block. */
const RAW = 'bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq'

const thrown = new Error('of the caller')

const broken = () => {
  throw thrown
}

/** Promises, and objects with `then`, that throw. */
const PROMISES = {
  'a `then` that cannot be read': () => Object.defineProperty({}, 'then', { get: broken }),
  'a `then` that throws': () => ({ then: broken }),
  'a promise whose `then` cannot be read': () =>
    Object.defineProperty(Promise.resolve('x'), 'then', { get: broken }),
  'a promise whose `constructor` cannot be read': () =>
    Object.defineProperty(Promise.resolve('x'), 'constructor', { get: broken }),
}

const blob = new Blob(['x'])

/** An object that is recognized as a source by its tag. */
const named = (name, methods) => ({ [Symbol.toStringTag]: name, ...methods })

/** A polyfilled stream with this reader. */
const streamWith = (reader) => named('ReadableStream', { locked: false, getReader: () => reader })

/** How the package gets each of these. A call resolves to its error or its result. */
const WAYS = {
  'the return value of onProgress': (value, options) =>
    pin(blob, { ...options, onProgress: value }),
  'the return value of onResult': (value, options) =>
    pinAll([blob], { ...options, onResult: value }),
  'the return value of the token function': (value, options) =>
    failure(pin(blob, { ...options, token: value })),
  'the return value of next() of the sources': async (value, options) => {
    const sources = { [Symbol.asyncIterator]: () => ({ next: value, return: value }) }
    const [{ reason }] = await pinAll(sources, options)
    return reason
  },
  'the return value of return() of the sources': (value, options) => {
    const next = () => Promise.resolve({ value: 7 })
    const sources = { [Symbol.asyncIterator]: () => ({ next, return: value }) }
    return failure(pinAll(sources, { ...options, signal: AbortSignal.abort() }))
  },
  'the return value of arrayBuffer() of a Blob': (value) =>
    failure(cidOf(named('Blob', { size: 1, type: '', slice: () => blob, arrayBuffer: value }))),
  'the return value of read() of a stream': (value) =>
    failure(cidOf(streamWith({ read: value, cancel: value }))),
  'the return value of cancel() of a stream': (value) =>
    failure(cidOf(streamWith({ read: async () => ({ value: 'text' }), cancel: value }))),
  'the return value of fetch': async (value, options) => {
    const { fetch } = globalThis
    globalThis.fetch = value
    try {
      return await failure(pin(blob, options))
    } finally {
      globalThis.fetch = fetch
    }
  },
}

const view = (fields) => Object.defineProperties(new Uint8Array(3), fields)
const file = (fields) => named('Blob', { size: 1, type: '', slice: () => blob, ...fields })
const changing = (values) => ({ get: () => (values.length > 1 ? values.shift() : values[0]) })

/** Hostile sources. */
const SOURCES = {
  'a typed array whose buffer throws': () => view({ buffer: { get: broken } }),
  'a typed array whose byteLength is a BigInt': () => view({ byteLength: { value: 1n } }),
  'a typed array whose byteOffset is a symbol': () => view({ byteOffset: { value: Symbol('x') } }),
  'an ArrayBuffer whose byteLength is a BigInt': () =>
    Object.defineProperty(new ArrayBuffer(3), 'byteLength', { value: 1n }),
  ...Object.fromEntries(
    [
      -1,
      1e15,
      Symbol('x'),
      1n,
      {
        get length() {
          throw thrown
        },
      },
    ].map((given) => [
      `a Blob whose arrayBuffer() resolves to ${typeof given === 'object' ? 'an object' : String(given)}`,
      () => file({ arrayBuffer: async () => given }),
    ]),
  ),
  'a Blob whose size changes': () =>
    Object.defineProperty(
      file({ arrayBuffer: async () => new ArrayBuffer(1) }),
      'size',
      changing([1, 1n]),
    ),
}

const hostileList = (trap) => new Proxy(['x'], { [trap]: broken })

/** Calls with other hostile values. */
const OTHERS = {
  'sources whose properties throw': (options) =>
    pinAll(hostileList('get'), { ...options, onProgress() {} }),
  'sources whose first item throws': (options) => {
    const list = Object.defineProperty([1], 0, { get: broken })
    return pinAll(list, { ...options, onProgress() {} })
  },
  'sources with a Blob whose size is a BigInt': (options) =>
    pinAll([file({ size: 1n })], { ...options, onProgress() {} }),
  'sources that are a revoked Proxy': (options) => {
    const { proxy, revoke } = Proxy.revocable([], {})
    revoke()
    return pinAll(proxy, { ...options, onProgress() {} })
  },
  'a download whose body throws': async (options) => {
    const { fetch } = globalThis
    const answer = { status: 200, headers: new Headers() }
    globalThis.fetch = async () => Object.defineProperty(answer, 'body', { get: broken })
    try {
      return await download(RECEIPT.cid)
    } finally {
      globalThis.fetch = fetch
    }
  },
  'a downloaded Blob that cannot be read': async () => {
    const { arrayBuffer } = Blob.prototype
    Blob.prototype.arrayBuffer = broken
    const fetch = async () => new Response('x')
    try {
      return await download(RAW, { fetch })
    } finally {
      Blob.prototype.arrayBuffer = arrayBuffer
    }
  },
  'an AbortController whose abort() throws': async (options) => {
    const { AbortController, fetch } = globalThis
    globalThis.AbortController = class extends AbortController {
      abort() {
        throw thrown
      }
    }
    globalThis.fetch = async () => {
      throw thrown
    }
    try {
      return await pin(blob, options)
    } finally {
      Object.assign(globalThis, { AbortController, fetch })
    }
  },
  'a signal that aborts while its reason is read': async (options) => {
    let fire
    const signal = {
      aborted: false,
      addEventListener: (_, listener) => (fire = listener),
      removeEventListener() {},
      get reason() {
        fire()
        return thrown
      },
    }
    const order = pin(blob, { ...options, token: () => new Promise(() => fire()), signal })
    return order
  },
}

/** Runs a call while another order is in flight, and checks that the order resolves. */
async function alongside(t, call) {
  let answer
  const started = new Promise((resolve) => (answer = resolve))
  const paused = await service(t, (exchange) => started.then(() => json(RECEIPT)(exchange)))
  const seen = paused.next()
  const order = pin(blob, paused.options)
  await seen
  const { options } = await service(t)
  const result = await call(options).catch((error) => error)
  assert.notEqual(result?.code, 'internal', result?.message)
  answer()
  assert.equal((await order).cid, RECEIPT.cid)
}

suite('an order in flight survives a hostile value:', { timeout: 60_000 }, () => {
  for (const [way, call] of Object.entries(WAYS))
    for (const [what, value] of Object.entries({ ...PROMISES, 'an exception': broken }))
      test(`${way}: ${what}`, (t) => alongside(t, (options) => call(value, options)))

  for (const [what, source] of Object.entries(SOURCES))
    for (const [name, call] of Object.entries({ cidOf, pin }))
      test(`${what}, passed to ${name}`, (t) =>
        alongside(t, (options) => call(source(), name === 'pin' ? options : {})))

  for (const [what, call] of Object.entries(OTHERS)) test(what, (t) => alongside(t, call))
})
