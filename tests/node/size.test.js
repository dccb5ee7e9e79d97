import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { parts, service } from '../support/service.js'
import { failure } from '../support/failure.js'
import { streamOf } from './streams.js'

const MAX_SIZE = 26_214_400
const bytes = new Uint8Array(1000)

suite('the maximum size', { timeout: 60_000 }, () => {
  const chunk = new Uint8Array(65_536)
  const chunks = function* (size) {
    for (; size > 0; size -= chunk.length) yield chunk.subarray(0, Math.min(size, chunk.length))
  }
  const sources = (size) => ({
    'a Blob': new Blob([...chunks(size)]),
    'an ArrayBuffer': new ArrayBuffer(size),
    'a stream': streamOf(chunks(size)),
    'a Response': new Response(streamOf(chunks(size))),
  })

  for (const [name, source] of Object.entries(sources(MAX_SIZE))) {
    test(`allows 25 MiB: ${name}`, async (t) => {
      const { options, posts } = await service(t)
      await pin(source, options)
      assert.equal(parts(posts[0])[0].bytes.compare(new Uint8Array(MAX_SIZE)), 0)
    })
  }

  for (const [name, source] of Object.entries(sources(MAX_SIZE + 1))) {
    test(`rejects one byte more: ${name}`, async (t) => {
      const { options, posts } = await service(t)
      const { code, outcome, message } = await failure(pin(source, options))
      assert.deepEqual({ code, outcome }, { code: 'too-large', outcome: 'not-sent' })
      assert.match(message, /26214400/)
      assert.equal(posts.length, 0)
    })
  }

  test('is set by `maxSize`', async (t) => {
    const { options, posts } = await service(t)
    await pin(bytes, { ...options, maxSize: 1000 })
    await pin(new ArrayBuffer(MAX_SIZE + 1), { ...options, maxSize: Infinity })
    assert.equal(posts.length, 2)
    const { code } = await failure(pin(bytes, { ...options, maxSize: 999 }))
    assert.equal(code, 'too-large')
    assert.equal(posts.length, 2)
  })

  test('cancels an endless stream', async (t) => {
    const { options, posts } = await service(t)
    const use = {}
    const { code } = await failure(pin(streamOf(chunks(Infinity), use), options))
    assert.equal(code, 'too-large')
    assert.equal(posts.length, 0)
    assert.ok(use.cancelled)
    assert.ok(use.pulled <= MAX_SIZE + chunk.length)
  })
})
