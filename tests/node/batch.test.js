import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { Readable } from 'node:stream'
import { suite, test } from 'node:test'
import { PinError, cidOf, pinAll } from '../../pkg/index.js'
import { answer, json } from '../support/faults/answers.js'
import { RECEIPT, parts, service } from '../support/service.js'
import { TOKEN, leaks } from '../support/faults/leaks.js'
import { failure } from '../support/failure.js'
import { refuses, unsent } from './settle.js'
import { LONGEST_PAUSE, clock } from './waiting.js'

const sources = (count) => Array.from({ length: count }, (_, nth) => new Blob([`file ${nth}`]))

/** Accepts every order, with its number in the order ID. */
const numbered = (exchange) => json({ ...RECEIPT, orderID: `order-${exchange.nth}` })(exchange)

/** A service that responds to an order when the test calls its function in `waiting`. */
function pausedService() {
  const waiting = []
  return {
    waiting,
    serve: async (exchange) => {
      await exchange.read()
      await new Promise((go) => waiting.push(go))
      await numbered({ ...exchange, read: async () => {} })
    },
  }
}

const contentOf = (post) => parts(post)[0].bytes.toString()
const codes = (results) => results.map(({ value, reason }) => (value ? 'pinned' : reason.code))

suite('a batch', { timeout: 60_000 }, () => {
  test('has a result for each source, in the order of the sources', async (t) => {
    const { options } = await service(t, (exchange) =>
      exchange.nth === 2 ? answer(500, 'broken')(exchange) : numbered(exchange),
    )
    const results = await pinAll(sources(3), { ...options, concurrency: 1 })
    assert.deepEqual(codes(results), ['pinned', 'server', 'pinned'])
    assert.deepEqual(Object.keys(results[0]).sort(), ['status', 'value'])
    assert.equal(results[0].status, 'fulfilled')
    assert.equal(results[0].value.orderID, 'order-1')
    assert.deepEqual(Object.keys(results[1]).sort(), ['reason', 'status'])
    assert.equal(results[1].status, 'rejected')
    assert.ok(results[1].reason instanceof PinError)
    assert.equal(results[1].reason.outcome, 'unknown')
    assert.equal(results[1].reason.cid, await cidOf(sources(2)[1]))
  })

  test('accepts every kind of iterable', async (t) => {
    const { options } = await service(t, numbered)
    const generators = {
      async *slowly() {
        yield* sources(3)
      },
      *quickly() {
        yield* sources(3)
      },
    }
    const objects = Readable.from(sources(3))
    for (const given of [new Set(sources(3)), objects, generators.slowly(), generators.quickly()])
      assert.deepEqual(codes(await pinAll(given, options)), ['pinned', 'pinned', 'pinned'])
    assert.deepEqual(await pinAll([], options), [])
  })

  test('sends the file name of each source', async (t) => {
    const { options, posts } = await service(t, numbered)
    const [a, b] = sources(2)
    const pairs = [{ source: a, filename: 'dir/a.txt' }, { source: b }]
    await pinAll(pairs, { ...options, concurrency: 1, filename: 'all' })
    assert.match(parts(posts[0])[0].head, /filename="dir\/a.txt"/)
    assert.match(parts(posts[1])[0].head, /filename="all"/)
  })

  test('rejects an invalid source at its index', async (t) => {
    const { options, posts } = await service(t, numbered)
    const given = ['text', 7, {}, { source: new Blob(['x']), name: 'x' }, new Blob(['y'])]
    const results = await pinAll(given, options)
    assert.deepEqual(codes(results), [...Array(4).fill('invalid-input'), 'pinned'])
    refuses(results[3].reason, '`name`', 'source, filename')
    assert.equal(posts.length, 1)
  })

  test('limits orders in flight and sources read to concurrency', async (t) => {
    const { waiting, serve } = pausedService()
    const { options, next } = await service(t, serve)
    let asked = 0
    const given = (function* () {
      for (const source of sources(9)) {
        asked++
        yield source
      }
    })()
    let seen = next()
    const batch = pinAll(given, { ...options, concurrency: 3 })
    for (let done = 0; done < 9; done++) {
      while (waiting.length === 0) {
        await seen
        seen = next()
        await new Promise(setImmediate)
      }
      assert.ok(asked <= done + 3, `${asked} asked for with ${done} done`)
      assert.ok(waiting.length <= 3)
      waiting.shift()()
    }
    assert.equal((await batch).length, 9)
  })

  test('calls onResult with each result, and ignores its errors', async (t) => {
    const { options } = await service(t, numbered)
    const reported = []
    const results = await pinAll(sources(5), {
      ...options,
      concurrency: 2,
      onResult: (result, index) => {
        reported.push([index, result])
        throw new Error('of the caller')
      },
    })
    assert.equal(reported.length, 5)
    for (const [index, result] of reported) assert.equal(result, results[index])
  })

  test('reports progress that never decreases', async (t) => {
    const { options } = await service(t, (exchange) =>
      exchange.nth === 1 ? answer(500)(exchange) : numbered(exchange),
    )
    const events = []
    const given = [...sources(4), sources(4)[3]]
    await pinAll(given, { ...options, onProgress: (event) => events.push(event) })
    const bytes = given.reduce((sum, { size }) => sum + size, 0)
    for (const [nth, event] of events.entries()) {
      const before = events[nth - 1] ?? { done: 0, failed: 0, loaded: 0 }
      for (const name of ['done', 'failed', 'loaded']) assert.ok(event[name] >= before[name])
      assert.equal(event.total, 5)
      assert.equal(event.totalBytes, bytes)
    }
    assert.equal(events.at(-1).done, 4)
    assert.equal(events.at(-1).failed, 1)
    assert.equal(events.at(-1).loaded, bytes)
  })

  test('reports unknown totals as null', async (t) => {
    const { options } = await service(t, numbered)
    const last = async (given) => {
      const events = []
      await pinAll(given, { ...options, onProgress: (event) => events.push(event) })
      const { total, totalBytes } = events.at(-1)
      return [total, totalBytes]
    }
    assert.deepEqual(await last(sources(2).values()), [null, null])
    assert.deepEqual(await last(new Set(sources(2))), [2, 12])
    assert.deepEqual(await last([...sources(1), 'https://example.org/x']), [2, null])
    assert.deepEqual(await last([new Blob(['ab']).stream()]), [1, null])
  })
})

suite('the sources of a batch', { timeout: 60_000 }, () => {
  test('are not consumed to count them', async (t) => {
    const { options } = await service(t, numbered)
    const once = Object.assign(sources(2).values(), { length: 2, size: 2 })
    const results = await pinAll(once, { ...options, onProgress() {} })
    assert.deepEqual(codes(results), ['pinned', 'pinned'])
  })

  test('are copied when they are yielded', async (t) => {
    const { options, posts } = await service(t, numbered)
    const again = (bytes) =>
      function* () {
        for (let nth = 0; nth < 6; nth++) {
          bytes.fill(nth)
          yield nth % 2 ? bytes : { source: bytes }
        }
      }
    const few = again(Buffer.alloc(4))
    async function* slowly() {
      yield* few()
    }
    for (const given of [few(), slowly(), again(Buffer.alloc(100_000))()]) {
      await pinAll(given, options)
      const firsts = posts.splice(0).map((post) => parts(post)[0].bytes[0])
      assert.deepEqual(firsts.sort(), [0, 1, 2, 3, 4, 5])
    }
  })

  test('are rejected with invalid-input if they cannot be iterated', async (t) => {
    const { options, posts } = await service(t, numbered)
    const cause = new Error('of the caller')
    const throwing = {
      [Symbol.iterator]() {
        throw cause
      },
    }
    const error = await unsent(posts, pinAll(throwing, options))
    refuses(error, '`sources`')
    assert.equal(error.cause, cause)
    refuses(await unsent(posts, pinAll({ [Symbol.iterator]: () => ({}) }, options)), '`sources`')
  })

  for (const [kind, step] of [
    ['undefined', undefined],
    ['a number', 7],
  ]) {
    test(`end if their iterator returns ${kind}, and earlier results are kept`, async (t) => {
      const { options } = await service(t, numbered)
      const steps = [{ value: sources(1)[0] }, step]
      const given = { [Symbol.iterator]: () => ({ next: () => steps.shift() }) }
      const results = await pinAll(given, options)
      assert.deepEqual(codes(results), ['pinned', 'unreadable'])
    })
  }
})

suite('duplicates in a batch', { timeout: 60_000 }, () => {
  const twice = () => [new Blob(['same']), new TextEncoder().encode('same'), new Blob(['other'])]

  test('are ordered once and share the receipt', async (t) => {
    const { options, posts } = await service(t, numbered)
    const reported = []
    const results = await pinAll([...twice(), ...twice()], {
      ...options,
      onResult: (_, index) => reported.push(index),
    })
    assert.deepEqual(posts.map(contentOf).sort(), ['other', 'same'])
    assert.equal(results[0].value, results[1].value)
    assert.equal(results[0].value, results[4].value)
    assert.equal(results[2].value, results[5].value)
    assert.deepEqual(reported.sort(), [0, 1, 2, 3, 4, 5])
  })

  test('are not ordered again after an unknown outcome', async (t) => {
    const { options, posts } = await service(t, answer(500))
    const results = await pinAll(twice(), options)
    assert.equal(posts.length, 2)
    assert.equal(results[0].reason, results[1].reason)
  })

  test('include equal URLs', async (t) => {
    const { options, posts } = await service(t, numbered)
    const url = 'https://example.org/x'
    await pinAll([url, new URL(url), 'https://example.org/y'], options)
    assert.equal(posts.length, 2)
  })

  test('are ordered each time with dedupe: false', async (t) => {
    const { options, posts } = await service(t, numbered)
    await pinAll(twice(), { ...options, dedupe: false })
    assert.equal(posts.length, 3)
  })
})

suite('a batch that is stopped or paused', { timeout: 60_000 }, () => {
  for (const [status, code] of [
    [401, 'unauthorized'],
    [402, 'insufficient-funds'],
    [403, 'forbidden'],
  ]) {
    test(`sends nothing more after ${status}`, async (t) => {
      const { options, posts } = await service(t, answer(status))
      const results = await pinAll(sources(20), { ...options, concurrency: 2 })
      assert.ok(posts.length <= 2)
      const rest = results.slice(2).map(({ reason }) => reason)
      assert.equal(results[0].reason.code, code)
      assert.equal(rest.length, 18)
      for (const reason of rest) {
        assert.deepEqual([reason.code, reason.outcome], ['aborted', 'not-sent'])
        assert.ok(reason.message.includes(`\`${code}\``), reason.message)
      }
      const first = rest[0].cause
      assert.equal(first.code, code)
      assert.ok(rest.every(({ cause }) => cause === first))
      assert.deepEqual(rest.flatMap(leaks), [])
    })
  }

  test('keeps earlier results and sends nothing more after an abort', async (t) => {
    const { waiting, serve } = pausedService()
    const { options, posts, next } = await service(t, serve)
    const controller = new AbortController()
    const { signal } = controller
    const second = next().then(next)
    const batch = pinAll(sources(5), {
      ...options,
      signal,
      concurrency: 1,
      onResult: (_, index) => index === 1 && controller.abort(),
    })
    const go = async () => {
      while (waiting.length === 0) await new Promise(setImmediate)
      waiting.shift()()
    }
    await go()
    await second
    await go()
    const results = await batch
    assert.deepEqual(codes(results), ['pinned', 'pinned', 'aborted', 'aborted', 'aborted'])
    assert.equal(posts.length, 2)
    assert.ok(results.slice(2).every(({ reason }) => reason.outcome === 'not-sent'))
  })

  test('adds one abort listener for all orders', async (t) => {
    const { waiting, serve } = pausedService()
    const { options } = await service(t, serve)
    const controller = new AbortController()
    const { signal } = controller
    const batch = pinAll(sources(20), { ...options, signal, concurrency: 20 })
    while (waiting.length < 20) await new Promise(setImmediate)
    assert.equal(getEventListeners(signal, 'abort').length, 1)
    controller.abort()
    assert.deepEqual(codes(await batch), Array(20).fill('aborted'))
    assert.equal(getEventListeners(signal, 'abort').length, 0)
  })

  test('a 401 ends orders that wait after a 429', async (t) => {
    let busy
    const released = new Promise((resolve) => (busy = resolve))
    const { options, posts } = await service(t, async (exchange) => {
      if (exchange.nth === 1) {
        await answer(429, '', { 'Retry-After': '250' })(exchange)
        exchange.response.on('close', busy)
      } else {
        await released
        await answer(401)(exchange)
      }
    })
    const results = await pinAll(sources(2), { ...options, timeout: 0 })
    assert.equal(posts.length, 2)
    assert.deepEqual(codes(results).sort(), ['aborted', 'unauthorized'])
  })

  test('does not wait for the next source after an abort', async (t) => {
    const { options } = await service(t, numbered)
    const controller = new AbortController()
    let closed = 0
    const given = {
      [Symbol.asyncIterator]: () => ({
        next: () => (controller.abort(), new Promise(() => {})),
        return: () => (closed++, Promise.reject(new Error('of the caller'))),
      }),
    }
    assert.deepEqual(await pinAll(given, { ...options, signal: controller.signal }), [])
    assert.equal(closed, 1)
  })

  test('reads no source if its signal is already aborted', async (t) => {
    const { options, posts } = await service(t, numbered)
    let asked = 0
    const given = (async function* () {
      asked++
      yield* sources(2)
    })()
    assert.deepEqual(await pinAll(given, { ...options, signal: AbortSignal.abort() }), [])
    const results = await pinAll(sources(2), { ...options, signal: AbortSignal.abort() })
    assert.deepEqual(codes(results), ['aborted', 'aborted'])
    assert.equal(asked, 0)
    assert.equal(posts.length, 0)
  })

  test('keeps earlier results if the iterable throws', async (t) => {
    const { options } = await service(t, numbered)
    const failed = new Error('of the caller')
    const given = (function* () {
      yield* sources(2)
      throw failed
    })()
    const results = await pinAll(given, options)
    assert.deepEqual(codes(results), ['pinned', 'pinned', 'unreadable'])
    assert.equal(results[2].reason.cause, failed)
  })

  test('a 429 pauses all orders, even if the rejected one is not retried', async (t) => {
    const time = clock(t)
    const began = performance.now()
    let waited
    time.pause = (resume) => {
      time.skip(LONGEST_PAUSE)
      setImmediate(resume)
    }
    const { options, posts } = await service(t, (exchange) =>
      (exchange.nth === 1 ? answer(429, '', { 'Retry-After': '60' }) : numbered)(exchange),
    )
    const onResult = (_, nth) => {
      if (nth === 1) waited = performance.now() - began
    }
    const batch = pinAll(sources(3), { ...options, concurrency: 1, retries: 0, onResult })
    assert.deepEqual(codes(await batch), ['rate-limited', 'pinned', 'pinned'])
    assert.ok(waited > 59_000, `the second order waited ${waited} ms`)
    assert.equal(posts.length, 3)
  })

  test('a Retry-After beyond every timeout sends no more, and sets retryAfter', async (t) => {
    for (const [seconds, timeout] of [
      [301, 0],
      [60, 30_000],
    ]) {
      const { options, posts } = await service(t, answer(429, '', { 'Retry-After': `${seconds}` }))
      const results = await pinAll(sources(3), { ...options, concurrency: 1, timeout })
      assert.deepEqual(codes(results), Array(3).fill('rate-limited'))
      const reasons = results.map(({ reason }) => reason)
      assert.deepEqual(
        reasons.map(({ outcome }) => outcome),
        ['refused', 'not-sent', 'not-sent'],
      )
      for (const { retryAfter } of reasons)
        assert.ok(retryAfter > seconds - 30 && retryAfter <= seconds, retryAfter)
      for (const { message, retryAfter } of reasons.slice(1))
        assert.ok(message.includes(`${retryAfter} s`), message)
      assert.equal(posts.length, 1)
    }
  })

  test('a second, longer Retry-After rejects with status 429', async (t) => {
    const waits = []
    const waiting = new Promise((resolve) => {
      clock(t).pause = (resume) => resolve(waits.push(resume))
    })
    const { options } = await service(t, async (exchange) => {
      const isFirst = exchange.nth === 1
      if (!isFirst) await waiting
      await answer(429, '', { 'Retry-After': isFirst ? '1' : '400' })(exchange)
    })
    const onResult = () => waits.splice(0).forEach((resume) => resume())
    const batch = pinAll(sources(2), { ...options, concurrency: 2, timeout: 0, onResult })
    for (const { reason } of await batch) {
      const { code, outcome, status } = reason
      assert.deepEqual([code, outcome, status], ['rate-limited', 'refused', 429])
    }
  })

  test('a 429 pauses all orders for Retry-After', async (t) => {
    const time = clock(t)
    const waits = []
    time.pause = (resume) => waits.push(resume)
    const { options, posts } = await service(t, (exchange) =>
      (exchange.nth === 1 ? answer(429, '', { 'Retry-After': '60' }) : numbered)(exchange),
    )
    const batch = pinAll(sources(6), { ...options, concurrency: 2 })
    // The rejected order, and the next one, which another worker has started.
    while (waits.length < 2) await new Promise(setImmediate)
    const before = posts.length
    assert.ok(before <= 2, `${before} orders while the service wants none`)
    time.skip(60_000)
    for (const go of waits) go()
    assert.deepEqual(codes(await batch), Array(6).fill('pinned'))
    assert.equal(posts.length, 7)
  })
})

suite('the arguments of pinAll', { timeout: 60_000 }, () => {
  test('reject the whole call if an option is invalid', async (t) => {
    const { options, posts } = await service(t, numbered)
    const wrong = async (further, ...texts) =>
      refuses(await failure(pinAll(sources(1), { ...options, ...further })), ...texts)
    await wrong({ concurrency: 0 }, '`concurrency`', '1')
    await wrong({ concurrency: 2.5 }, '`concurrency`')
    await wrong({ dedupe: 'no' }, '`dedupe`')
    await wrong({ onResult: {} }, '`onResult`')
    await wrong({ concurency: 2 }, '`concurency`', '`concurrency`')
    await wrong({ timeout: -1 }, '`timeout`')
    const unopened = { [Symbol.iterator]: () => assert.fail('opened') }
    refuses(await failure(pinAll(unopened, { ...options, timeout: -1 })), '`timeout`')
    await wrong({ token: undefined }, '`token`')
    assert.equal(posts.length, 0)
  })

  test('reject a single source', async (t) => {
    const { options, posts } = await service(t, numbered)
    for (const single of [
      'https://example.org/x',
      TOKEN,
      new Uint8Array(3),
      new Blob(['x']),
      new Blob(['x']).stream(),
      new Response('x'),
      Readable.from([Buffer.from('x')], { objectMode: false }),
      undefined,
      7,
    ])
      refuses(await unsent(posts, pinAll(single, options)), '`sources`', '`pin` takes a single one')
    assert.equal(posts.length, 0)
  })

  test('are copied when called', async (t) => {
    const { options, posts } = await service(t, numbered)
    const given = sources(2)
    const further = { ...options, token: TOKEN }
    const batch = pinAll(given, further)
    given.push(new Blob(['late']))
    further.token = 'another'
    assert.equal((await batch).length, 2)
    for (const { request } of posts) assert.equal(request.headers.authorization, `token ${TOKEN}`)
  })
})
