import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cidOf, pin, verify } from '../../pkg/index.js'
import { answer, json } from '../support/faults/answers.js'
import { RECEIPT, parts, service } from '../support/service.js'
import { streamOf } from './streams.js'

const Native = Blob

/** A Blob that only its own methods can read, like those of jsdom and happy-dom with Node's `fetch`. */
class Own {
  #blob

  constructor(given = [], options) {
    this.#blob = new Native(
      given.map((part) => (part instanceof Own ? part.#blob : part)),
      options,
    )
    this.size = this.#blob.size
    this.type = this.#blob.type
  }

  arrayBuffer = () => this.#blob.arrayBuffer()
  slice(...range) {
    const slice = new Own()
    slice.#blob = this.#blob.slice(...range)
    slice.size = slice.#blob.size
    slice.type = slice.#blob.type
    return slice
  }
}

class Named extends Own {
  get [Symbol.toStringTag]() {
    return 'Blob'
  }
}

suite('if tests replace the global Blob, sends the bytes of', { timeout: 60_000 }, () => {
  for (const [make, Made] of Object.entries({ 'with a tag': Named, 'without a tag': Own })) {
    for (const length of [1000, 100_000]) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff)
      for (const [what, source] of Object.entries({
        'a Blob': () => new Made([bytes], { type: 'image/png' }),
        'a native Blob': () => new Native([bytes], { type: 'image/png' }),
        bytes: () => bytes,
        'a stream': () => streamOf([bytes]),
      })) {
        test(`${what} (${length} bytes, Blob ${make})`, async (t) => {
          t.after(() => (globalThis.Blob = Native))
          globalThis.Blob = Made
          const { options, posts } = await service(t)
          await pin(source(), options)
          assert.equal(parts(posts[0])[0].bytes.compare(bytes), 0)
        })
      }
    }
  }
})

test('the CID of a large Blob that has no stream is computed', async () => {
  const bytes = new Uint8Array(3_000_000)
  const cid = await cidOf(new Named([bytes]))
  assert.equal(cid, await cidOf(bytes))
  assert.equal((await verify(new Named([bytes]), cid)).verified, true)
})

suite('if tests replace functions of the runtime', { timeout: 60_000 }, () => {
  test('calls work while queueMicrotask is replaced, and afterwards', async (t) => {
    t.mock.method(globalThis, 'queueMicrotask', () => {})
    await cidOf(new Native(['x']))
    t.mock.restoreAll()
    await cidOf(new Native(['x']))
  })

  test('an order waits as the API says, once, while the clock stands', async (t) => {
    t.mock.method(performance, 'now', () => 1000)
    const { options, posts } = await service(t, (exchange) =>
      (exchange.nth === 1 ? answer(429, 'later', { 'Retry-After': '1' }) : json(RECEIPT))(exchange),
    )
    const before = Date.now()
    await pin(new Native(['x']), { ...options, verify: false, timeout: 0 })
    assert.ok(Date.now() - before > 900)
    assert.equal(posts.length, 2)
  })

  for (const [what, now] of Object.entries({ undefined: () => {}, NaN: () => NaN }))
    test(`orders are sent if performance.now() returns ${what}`, async (t) => {
      t.mock.method(performance, 'now', now)
      const { options } = await service(t)
      await pin(new Native(['x']), options)
    })
})
