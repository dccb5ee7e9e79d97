import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { service } from '../support/service.js'
import { end, late } from './settle.js'
import { failure } from '../support/failure.js'
import { limit } from '../support/limit.js'
import { waiting } from './waiting.js'

const blob = new Blob(['x'])

suite('timeout', { timeout: 60_000 }, () => {
  test('rejects if the token function never resolves', async (t) => {
    const { options, posts } = await service(t)
    const token = () => new Promise(() => {})
    const error = await failure(pin(blob, { ...options, token, timeout: 50 }))
    assert.deepEqual(end(error), late('not-sent'))
    assert.equal(posts.length, 0)
  })

  test('cancels a stream that stalls', async (t) => {
    const { options, posts } = await service(t)
    let cancelled = 0
    const source = new ReadableStream({ cancel: () => void cancelled++ })
    const error = await failure(pin(source, { ...options, timeout: 50 }))
    assert.deepEqual(end(error), late('not-sent'))
    assert.match(error.message, /50 ms/)
    assert.equal(cancelled, 1)
    assert.equal(posts.length, 0)
  })

  test('closes the connection', async (t) => {
    const { timeout, reach } = limit(t)
    const { order, post } = await waiting(t, { timeout })
    reach()
    assert.deepEqual(end(await failure(order)), late('unknown'))
    await post.closed
  })

  test('is disabled by 0', async (t) => {
    const { options } = await service(t)
    assert.ok(await pin(blob, { ...options, timeout: 0 }))
  })
})
