import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { LARGE, head, json, say } from '../support/faults/answers.js'
import { patterned } from '../support/content.js'
import { vectorOf } from '../support/vectors.js'
import { RECEIPT, service, silence } from '../support/service.js'
import { aborted, end, late } from './settle.js'
import { failure } from '../support/failure.js'
import { withoutProof } from '../support/faults/judge.js'
import { waiting } from './waiting.js'

const blob = new Blob(['x'])
const large = new Blob([LARGE.bytes()])

suite('a signal', { timeout: 60_000 }, () => {
  test('already aborted sends nothing and does not call the token function', async (t) => {
    const { options, posts } = await service(t)
    const token = () => assert.fail('asked')
    const signal = AbortSignal.abort()
    const error = await failure(pin(blob, { ...options, token, signal }))
    assert.deepEqual(end(error), aborted('not-sent'))
    assert.equal(error.cause, signal.reason)
    assert.equal(posts.length, 0)
  })

  test('aborted during the token function sends nothing', async (t) => {
    const { options, posts } = await service(t)
    const controller = new AbortController()
    const token = () => new Promise(() => controller.abort())
    const error = await failure(pin(blob, { ...options, token, signal: controller.signal }))
    assert.deepEqual(end(error), aborted('not-sent'))
    assert.equal(posts.length, 0)
  })

  test('aborted while a stream is read sends nothing and cancels the stream', async (t) => {
    const { options, posts } = await service(t)
    const controller = new AbortController()
    let cancelled = 0
    const source = new ReadableStream(
      { pull: () => controller.abort(), cancel: () => void cancelled++ },
      { highWaterMark: 0 },
    )
    const error = await failure(pin(source, { ...options, signal: controller.signal }))
    assert.deepEqual(end(error), aborted('not-sent'))
    assert.equal(cancelled, 1)
    assert.equal(posts.length, 0)
  })

  for (const [what, source] of Object.entries({
    'a small Blob': blob,
    'a large Blob': large,
    'a URL': 'https://example.org/x',
  })) {
    test(`aborted in the first onProgress call sends nothing: ${what}`, async (t) => {
      const { options, posts } = await service(t)
      const controller = new AbortController()
      const further = { signal: controller.signal, onProgress: () => controller.abort() }
      const error = await failure(pin(source, { ...options, ...further }))
      assert.deepEqual(end(error), aborted('not-sent'))
      assert.equal(posts.length, 0)
    })
  }

  test('aborted during the upload closes the connection', async (t) => {
    const { options, next } = await service(t, silence)
    const controller = new AbortController()
    const seen = next()
    const order = pin(large, { ...options, signal: controller.signal })
    const { request, closed } = await seen
    controller.abort()
    assert.deepEqual(end(await failure(order)), aborted('unknown'))
    request.resume()
    await closed
    assert.equal(request.complete, false)
  })

  test('aborted before the response rejects without waiting for it', async (t) => {
    const { order, controller, post } = await waiting(t)
    controller.abort()
    assert.deepEqual(end(await failure(order)), aborted('unknown'))
    await post.closed
  })

  test('aborted while the body is read: outcome follows the status', async (t) => {
    for (const [status, outcome] of [
      ['200 OK', 'unknown'],
      ['403 Forbidden', 'refused'],
      ['500 Internal Server Error', 'unknown'],
    ]) {
      const answered = say(head(status, 'Content-Length: 100'))
      const { options, next } = await service(t, answered)
      const controller = new AbortController()
      const seen = next()
      // The client has read the head of the response before it reads the body.
      const reading = bodyAsked(t)
      const order = pin(blob, { ...options, signal: controller.signal })
      await seen
      await reading
      controller.abort()
      assert.deepEqual(end(await failure(order)), aborted(outcome))
    }
  })

  test('aborted after the call has no effect', async (t) => {
    const { options, posts } = await service(t)
    const controller = new AbortController()
    const receipt = await pin(blob, { ...options, signal: controller.signal })
    controller.abort()
    assert.deepEqual(withoutProof(receipt), RECEIPT)
    assert.equal(posts.length, 1)
  })

  test('rejects every call that has it, and no other', async (t) => {
    const first = await waiting(t)
    const { signal } = first.controller
    const second = await waiting(t, { signal })
    const other = await waiting(t)
    first.controller.abort()
    assert.equal((await failure(first.order)).code, 'aborted')
    assert.equal((await failure(second.order)).code, 'aborted')
    other.controller.abort('later')
    assert.equal((await failure(other.order)).cause, 'later')
  })

  test('may be aborted with any reason', async (t) => {
    const reasons = [
      new Error('no more'),
      new TypeError('x'),
      'enough',
      '',
      0,
      null,
      false,
      Symbol('s'),
      {},
    ]
    for (const reason of reasons) {
      const { order, controller } = await waiting(t)
      controller.abort(reason)
      const error = await failure(order)
      assert.deepEqual(end(error), aborted('unknown'))
      assert.equal(error.cause, reason)
    }
    for (const none of [[], [undefined]]) {
      const { order, controller } = await waiting(t)
      controller.abort(...none)
      const error = await failure(order)
      assert.deepEqual(end(error), aborted('unknown'))
      assert.equal(error.cause, controller.signal.reason)
      assert.equal(error.cause.name, 'AbortError')
    }
  })

  test('may be aborted with a reason whose name throws', async (t) => {
    const { order, controller } = await waiting(t)
    const reason = {
      get name() {
        throw new Error('no')
      },
    }
    controller.abort(reason)
    const error = await failure(order)
    assert.deepEqual(end(error), aborted('unknown'))
    assert.equal(error.cause, reason)
  })

  test('aborted during verification: keeps the receipt', async (t) => {
    const size = 3_158_073
    const source = new Blob([patterned('p31', size)])
    const receipt = { ...RECEIPT, cid: vectorOf('p31', size, 'unixfs-v1-2025') }
    const { options } = await service(t, json(receipt))
    const controller = new AbortController()
    let passes = 0
    const begun = () => ++passes === 2 && controller.abort()
    // The second read is for other profiles than the first. A read starts with a stream or a slice; one
    // byte is read before the order, to check that the source is readable.
    source.stream = function () {
      begun()
      return Blob.prototype.stream.call(this)
    }
    source.slice = function (start, end, ...type) {
      if (start === 0 && end > 1) begun()
      return Blob.prototype.slice.call(this, start, end, ...type)
    }
    const error = await failure(pin(source, { ...options, signal: controller.signal }))
    assert.equal(passes, 2)
    assert.deepEqual(end(error), aborted('pinned'))
    assert.deepEqual(error.receipt, { ...receipt, verified: null, profile: null })
    assert.equal(error.cid, vectorOf('p31', size, 'kubo-cid-v1'))
  })

  test('may be AbortSignal.timeout()', async (t) => {
    const { order, controller } = await waiting(t)
    // The timeout starts when the service has received the order.
    const signal = AbortSignal.timeout(1)
    signal.addEventListener('abort', () => controller.abort(signal.reason))
    const error = await failure(order)
    assert.deepEqual(end(error), late('unknown'))
    assert.equal(error.cause, signal.reason)
  })

  test('may be AbortSignal.any()', async (t) => {
    const controller = new AbortController()
    const signal = AbortSignal.any([new AbortController().signal, controller.signal])
    const { order } = await waiting(t, { signal })
    controller.abort('enough')
    const error = await failure(order)
    assert.deepEqual(end(error), aborted('unknown'))
    assert.equal(error.cause, 'enough')
  })
})

/** Resolves when the body of the next response is read. */
function bodyAsked(t) {
  return new Promise((asked) => {
    const { getReader } = ReadableStream.prototype
    t.mock.method(ReadableStream.prototype, 'getReader', function (...args) {
      asked()
      return getReader.apply(this, args)
    })
  })
}
