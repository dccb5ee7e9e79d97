import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { suite, test } from 'node:test'
import { cidOf, verify } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { patterned } from '../support/content.js'
import { vectorOf } from '../support/vectors.js'

const SIZE = 25_000_000
const BYTES = patterned('p31', SIZE)
const OTHER = vectorOf('p31', 3_158_073, 'kubo-cid-v1')
const OTHER_RAW = vectorOf('p31', 1000, 'kubo-cid-v1')

/** The maximum number of bytes that may be read after an abort. */
const PART = 2_097_152

const SOURCES = {
  bytes: () => BYTES,
  'a Blob': () => new Blob([BYTES]),
  'a stream': () => new Blob([BYTES]).stream(),
}
const CALLS = {
  cidOf: (source, options) => cidOf(source, options),
  'verify of a tree': (source, options) => verify(source, OTHER, options),
  'verify of a raw block': (source, options) => verify(source, OTHER_RAW, options),
}

/** Checks that a call was aborted by this signal, and has removed its listener. */
async function aborted(call, signal) {
  const { name, code, outcome, cause } = await failure(call)
  assert.deepEqual([name, code, outcome], ['AbortError', 'aborted', 'not-sent'])
  assert.equal(cause, signal.reason)
  assert.deepEqual(getEventListeners(signal, 'abort'), [])
}

for (const [name, call] of Object.entries(CALLS)) {
  for (const [kind, source] of Object.entries(SOURCES)) {
    suite(`${name} of ${kind}`, { timeout: 60_000 }, () => {
      test('stops if its signal aborts in onProgress', async () => {
        const controller = new AbortController()
        const { signal } = controller
        const reports = []
        const onProgress = ({ loaded }) => {
          reports.push(loaded)
          controller.abort()
        }
        await aborted(call(source(), { signal, onProgress }), signal)
        assert.ok(reports.at(-1) - reports[0] <= PART, `${reports.at(-1) - reports[0]} bytes more`)
      })

      test('can be aborted while it runs', async () => {
        const controller = new AbortController()
        const { signal } = controller
        setImmediate(() => controller.abort())
        await aborted(call(source(), { signal }), signal)
      })

      test('does not begin if its signal is already aborted', async () => {
        const onProgress = () => assert.fail('has begun')
        const signal = AbortSignal.abort()
        const given = source()
        await aborted(call(given, { signal, onProgress }), signal)
        assert.ok(!given.locked)
      })

      test('removes its listener when it settles', async () => {
        const { signal } = new AbortController()
        await call(source(), { signal })
        assert.deepEqual(getEventListeners(signal, 'abort'), [])
      })

      test('reports progress that only increases and ends with done', async () => {
        const reports = []
        await call(source(), { onProgress: (progress) => reports.push(progress) })
        const total = kind === 'a stream' ? null : SIZE
        assert.deepEqual(reports.pop(), { phase: 'done', loaded: SIZE, total })
        let last = 0
        for (const { phase, loaded, total: all } of reports) {
          assert.deepEqual([phase, all], ['hashing', total])
          assert.ok(loaded > last && loaded - last <= PART)
          last = loaded
        }
        assert.equal(last, SIZE)
      })
    })
  }

  test(`${name} cancels an endless stream after an abort, and reads no further`, async () => {
    const controller = new AbortController()
    const { signal } = controller
    const chunk = BYTES.subarray(0, 65_536)
    let pulled = 0
    let cancelled = 0
    const source = new ReadableStream(
      {
        pull(stream) {
          pulled += chunk.length
          stream.enqueue(chunk)
        },
        cancel: () => void cancelled++,
      },
      { highWaterMark: 0 },
    )
    let pulledAtEnd
    const onProgress = () => {
      pulledAtEnd = pulled
      controller.abort()
    }
    await aborted(call(source, { signal, onProgress }), signal)
    assert.equal(cancelled, 1)
    assert.ok(pulled - pulledAtEnd <= PART, `${pulled - pulledAtEnd} bytes more`)
  })

  test(`${name} ignores errors thrown by onProgress`, async () => {
    const onProgress = () => {
      throw new Error('of the caller')
    }
    await call(BYTES, { onProgress })
  })
}
