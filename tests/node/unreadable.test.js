import assert from 'node:assert/strict'
import { openAsBlob } from 'node:fs'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pin, pinAll } from '../../pkg/index.js'
import { LARGE } from '../support/faults/answers.js'
import { service, silence } from '../support/service.js'
import { failure } from '../support/failure.js'
import { unsent } from './settle.js'

const WAYS = {
  'with pin': (file, options) => pin(file, options),
  'with onProgress': (file, options) => pin(file, { ...options, onProgress() {} }),
  'with verify: false': (file, options) => pin(file, { ...options, verify: false }),
  'with pinAll, which hashes it before': async (file, options) => {
    const [{ value, reason }] = await pinAll([file], options)
    if (reason) throw reason
    return value
  },
}

/** Creates a file that is deleted when the test `t` has ended. */
async function fileOf(t, bytes) {
  const dir = await mkdtemp(join(tmpdir(), 'unreadable-'))
  t.after(() => rm(dir, { recursive: true }))
  const path = join(dir, 'photo.png')
  await writeFile(path, bytes)
  return path
}

/** Checks that a source rejects with this code, and that nothing was ordered. */
async function refused(t, source, code) {
  const { options, posts } = await service(t)
  const error = await unsent(posts, pin(source, options))
  assert.equal(error.code, code)
  return error
}

suite('nothing is ordered if the source is', { timeout: 60_000 }, () => {
  for (const [name, bytes, change] of [
    ['a file that was deleted', 'text', (path) => rm(path)],
    ['a file that was changed', 'text', (path) => writeFile(path, 'other text')],
    ['a file that has grown', 'text', (path) => appendFile(path, '!')],
    ['a file that was emptied', 'text', (path) => writeFile(path, '')],
    ['an empty file that was filled', '', (path) => writeFile(path, 'text')],
    ['an empty file that was deleted', '', (path) => rm(path)],
  ]) {
    test(name, async (t) => {
      const path = await fileOf(t, bytes)
      const blob = await openAsBlob(path)
      await change(path)
      const { cause } = await refused(t, blob, 'unreadable')
      assert.equal(cause.name, 'NotReadableError')
    })
  }

  for (const [what, given] of [
    ['a buffer instead of a promise', new ArrayBuffer(3)],
    ['a promise of undefined', Promise.resolve()],
    ['fewer bytes than its size', Promise.resolve(new ArrayBuffer(3))],
  ]) {
    test(`a polyfilled Blob that returns ${what}`, async (t) => {
      const made = { [Symbol.toStringTag]: 'Blob', size: 5, type: '', arrayBuffer: () => given }
      const { options, posts } = await service(t)
      const error = await unsent(posts, pin(made, options))
      assert.match(error.code, /^(unreadable|invalid-input)$/)
    })
  }

  test('a slice of a file that was deleted', async (t) => {
    const path = await fileOf(t, 'text')
    const part = (await openAsBlob(path)).slice(1, 3)
    await rm(path)
    await refused(t, part, 'unreadable')
  })

  for (const [name, breaking] of Object.entries({
    'at the start': (cause) =>
      new ReadableStream({
        start(controller) {
          controller.error(cause)
        },
      }),
    midway: (cause) => {
      let nth = 0
      return new ReadableStream({
        pull(controller) {
          if (nth++ < 3) controller.enqueue(new Uint8Array(100))
          else controller.error(cause)
        },
      })
    },
    'because pull() throws': (cause) =>
      new ReadableStream({
        pull() {
          throw cause
        },
      }),
  })) {
    test(`a stream that fails ${name}`, async (t) => {
      const cause = new Error('the disk is gone')
      assert.equal((await refused(t, breaking(cause), 'unreadable')).cause, cause)
    })
    test(`a Response that fails ${name}`, async (t) => {
      const cause = new Error('the disk is gone')
      const response = new Response(breaking(cause))
      assert.equal((await refused(t, response, 'unreadable')).cause, cause)
    })
  }

  for (const [name, cause] of [
    ['undefined', undefined],
    ['null', null],
    ['a string', 'gone'],
  ]) {
    test(`a stream that fails with ${name}`, async (t) => {
      const stream = new ReadableStream({ start: (controller) => controller.error(cause) })
      assert.equal((await refused(t, stream, 'unreadable')).cause, cause)
    })
  }

  for (const [name, chunk] of [
    ['strings', 'text'],
    ['numbers', 7],
    ['nulls', null],
    ['objects', {}],
  ]) {
    test(`a stream of ${name}, which is cancelled`, async (t) => {
      let cancelled = 0
      const stream = new ReadableStream({
        start: (controller) => controller.enqueue(chunk),
        cancel: () => void cancelled++,
      })
      const { message } = await refused(t, stream, 'unreadable')
      assert.match(message, /not bytes/)
      assert.equal(cancelled, 1)
    })
  }

  test('a stream whose cancel() fails too', async (t) => {
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue('text'),
      cancel: () => Promise.reject(new Error('no')),
    })
    await refused(t, stream, 'unreadable')
  })

  test('a locked stream', async (t) => {
    const stream = new Blob(['text']).stream()
    stream.getReader()
    assert.match((await refused(t, stream, 'invalid-input')).message, /locked/)
  })

  test('a Response whose body was read', async (t) => {
    const response = new Response('text')
    await response.text()
    assert.match((await refused(t, response, 'invalid-input')).message, /read/)
  })

  test('a Response whose body is locked', async (t) => {
    const response = new Response('text')
    response.body.getReader()
    assert.match((await refused(t, response, 'invalid-input')).message, /locked/)
  })

  test('a Response with an error status', async (t) => {
    for (const status of [404, 500, 304]) {
      const response = new Response(null, { status })
      assert.match((await refused(t, response, 'invalid-input')).message, new RegExp(status))
    }
    await refused(t, Response.error(), 'invalid-input')
  })
})

suite('a file that changes before its retry is not sent again', { timeout: 60_000 }, () => {
  for (const [way, order] of Object.entries(WAYS)) {
    test(way, async (t) => {
      const path = await fileOf(t, LARGE.bytes())
      const { options, posts } = await service(t, async ({ read, response }) => {
        await read()
        await appendFile(path, '!')
        response.writeHead(429, { 'Retry-After': '0' }).end()
      })
      const { code, outcome } = await failure(order(await openAsBlob(path), options))
      assert.deepEqual([code, outcome], ['unreadable', 'refused'])
      assert.equal(posts.length, 1)
    })
  }
})

suite('a file that changes while it is sent: outcome unknown', { timeout: 60_000 }, () => {
  for (const [way, order] of Object.entries(WAYS)) {
    test(way, async (t) => {
      const { options, next } = await service(t, silence)
      const path = await fileOf(t, LARGE.bytes())
      const seen = next()
      const error = failure(order(await openAsBlob(path), options))
      const { request, closed } = await seen
      await appendFile(path, '!')
      request.resume()
      const { code, outcome, cause, message } = await error
      assert.deepEqual([code, outcome], ['unreadable', 'unknown'])
      assert.equal(message.match(/The source could not be read/g).length, 1)
      assert.equal(cause.name, 'NotReadableError')
      await closed
      assert.equal(request.complete, false)
    })
  }
})
