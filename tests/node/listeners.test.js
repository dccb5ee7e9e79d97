import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { service } from '../support/service.js'
import { failure } from '../support/failure.js'
import { limit } from '../support/limit.js'
import { waiting } from './waiting.js'

const blob = new Blob(['x'])

suite('the listeners of a signal', { timeout: 60_000 }, () => {
  const listeners = (signal) => getEventListeners(signal, 'abort')

  test('are removed after success, error, timeout and abort', async (t) => {
    const { options } = await service(t)
    const controller = new AbortController()
    const { signal } = controller
    let heard = 0
    const own = () => heard++
    signal.addEventListener('abort', own)
    signal.onabort = own
    const before = listeners(signal)

    await pin(blob, { ...options, signal })
    await failure(pin(blob, { ...options, signal, maxSize: 0 }))
    await failure(pin(blob, { ...options, signal, token: () => '' }))
    await failure(pin(blob, { ...options, signal, timeout: NaN }))
    const { timeout, reach } = limit(t)
    const { order } = await waiting(t, { signal, timeout })
    reach()
    await failure(order)
    assert.deepEqual(listeners(signal), before)
    assert.equal(signal.onabort, own)

    const last = await waiting(t, { signal })
    assert.equal(listeners(signal).length, before.length + 1)
    controller.abort()
    await failure(last.order)
    assert.deepEqual(listeners(signal), before)
    assert.equal(heard, 2)
  })

  test('are removed after 10 000 pins', async (t) => {
    const { options, posts } = await service(t)
    const { signal } = new AbortController()
    for (let round = 0; round < 100; round++) {
      const calls = Array.from({ length: 100 }, () => pin(blob, { ...options, signal, maxSize: 0 }))
      const ends = await Promise.allSettled(calls)
      assert.ok(ends.every(({ reason }) => reason.code === 'too-large'))
    }
    assert.equal(posts.length, 0)
    for (let nth = 0; nth < 50; nth++) await pin(blob, { ...options, signal })
    assert.equal(posts.length, 50)
    assert.deepEqual(listeners(signal), [])
  })
})
