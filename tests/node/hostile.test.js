import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cidOf, download, pin, pinAll } from '../../pkg/index.js'
import { json } from '../support/faults/answers.js'
import { RECEIPT, service } from '../support/service.js'
import { failure } from '../support/failure.js'

const thrown = new Error('of the caller')

const broken = () => {
  throw thrown
}

/** What gives no value, however it is asked. */
const PROMISES = {
  'a `then` that cannot be read': () => Object.defineProperty({}, 'then', { get: broken }),
  'a `then` that throws': () => ({ then: broken }),
  'a promise whose `then` cannot be read': () =>
    Object.defineProperty(Promise.resolve('x'), 'then', { get: broken }),
  'a promise whose `constructor` cannot be read': () =>
    Object.defineProperty(Promise.resolve('x'), 'constructor', { get: broken }),
}

const blob = new Blob(['x'])

/** A source by its name alone. */
const named = (name, methods) => ({ [Symbol.toStringTag]: name, ...methods })

/** A polyfilled stream with this reader. */
const streamWith = (reader) => named('ReadableStream', { locked: false, getReader: () => reader })

/** How each may come to the package. A call gives its error, or what it resolves with. */
const WAYS = {
  'what `onProgress` gives': (value, options) => pin(blob, { ...options, onProgress: value }),
  'what `onResult` gives': (value, options) => pinAll([blob], { ...options, onResult: value }),
  'what the token function gives': (value, options) =>
    failure(pin(blob, { ...options, token: value })),
  'what the next of the sources is': async (value, options) => {
    const sources = { [Symbol.asyncIterator]: () => ({ next: value, return: value }) }
    const [{ reason }] = await pinAll(sources, options)
    return reason
  },
  'what an iterator gives at its end': (value, options) => {
    const next = () => Promise.resolve({ value: 7 })
    const sources = { [Symbol.asyncIterator]: () => ({ next, return: value }) }
    return failure(pinAll(sources, { ...options, signal: AbortSignal.abort() }))
  },
  'what a Blob is read by': (value) =>
    failure(cidOf(named('Blob', { size: 1, type: '', slice: () => blob, arrayBuffer: value }))),
  'what a stream is read by': (value) => failure(cidOf(streamWith({ read: value, cancel: value }))),
  'what a stream is ended by': (value) =>
    failure(cidOf(streamWith({ read: async () => ({ value: 'text' }), cancel: value }))),
  'what `fetch` gives': async (value, options) => {
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

/** What is read as a source. */
const SOURCES = {
  'bytes whose buffer cannot be read': () => view({ buffer: { get: broken } }),
  'bytes whose length is not a number': () => view({ byteLength: { value: 1n } }),
  'bytes whose beginning is not a number': () => view({ byteOffset: { value: Symbol('x') } }),
  'a buffer whose length is not a number': () =>
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
      `a Blob that gives ${typeof given === 'object' ? 'an object' : String(given)} for its bytes`,
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

/** What is done with other values. */
const OTHERS = {
  'a list that cannot be read': (options) =>
    pinAll(hostileList('get'), { ...options, onProgress() {} }),
  'a list of what cannot be read': (options) => {
    const list = Object.defineProperty([1], 0, { get: broken })
    return pinAll(list, { ...options, onProgress() {} })
  },
  'a list of Blobs whose size is not a number': (options) =>
    pinAll([file({ size: 1n })], { ...options, onProgress() {} }),
  'a list that was revoked': (options) => {
    const { proxy, revoke } = Proxy.revocable([], {})
    revoke()
    return pinAll(proxy, { ...options, onProgress() {} })
  },
  'a download whose body cannot be read': async (options) => {
    const { fetch } = globalThis
    const answer = { status: 200, headers: new Headers() }
    globalThis.fetch = async () => Object.defineProperty(answer, 'body', { get: broken })
    try {
      return await download(RECEIPT.cid)
    } finally {
      globalThis.fetch = fetch
    }
  },
  'a listener on what cancels its request': async (options) => {
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
  'a signal that fires when it is looked at': async (options) => {
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

/** Makes a call while another order is under way, whose receipt has to come. */
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

suite('the receipt of another order is not lost by', { timeout: 60_000 }, () => {
  for (const [way, call] of Object.entries(WAYS))
    for (const [what, value] of Object.entries({ ...PROMISES, 'an exception': broken }))
      test(`${way}: ${what}`, (t) => alongside(t, (options) => call(value, options)))

  for (const [what, source] of Object.entries(SOURCES))
    for (const [name, call] of Object.entries({ cidOf, pin }))
      test(`${what}, given to ${name}`, (t) =>
        alongside(t, (options) => call(source(), name === 'pin' ? options : {})))

  for (const [what, call] of Object.entries(OTHERS)) test(what, (t) => alongside(t, call))
})
