import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { LARGE, answer, json, receiptOf, say } from '../support/faults/answers.js'
import { parts, service, silence } from '../support/service.js'
import { failure } from '../support/failure.js'
import { limit } from '../support/limit.js'

/** The maximum number of bytes between two reports. */
const PIECE = 64 << 10
const large = new Blob([LARGE.bytes()])

/** Records all reports and passes them on. */
function listen(then = () => {}) {
  const reports = []
  return { reports, onProgress: (progress) => (reports.push(progress), then(progress)) }
}

/** Checks what is true for every call: phases are in order, and bytes never decrease. */
function checkReports(reports, size) {
  const phases = ['upload', 'processing', 'done']
  for (const [at, { phase, loaded, total }] of reports.entries()) {
    const before = reports[at - 1] ?? { phase: 'upload', loaded: 0 }
    assert.ok(phases.indexOf(phase) >= phases.indexOf(before.phase))
    assert.ok(loaded >= before.loaded && loaded <= size)
    assert.equal(total, size)
  }
}

suite('the progress of a pin', { timeout: 60_000 }, () => {
  test('rises from 0 to the total in steps of at most 64 KiB', async (t) => {
    const { options, posts } = await service(t, json(receiptOf(LARGE)))
    const { reports, onProgress } = listen()
    await pin(large, { ...options, onProgress })
    checkReports(reports, LARGE.size)
    assert.deepEqual(reports[0], { phase: 'upload', loaded: 0, total: LARGE.size })
    assert.deepEqual(reports.at(-2), { phase: 'processing', loaded: LARGE.size, total: LARGE.size })
    assert.deepEqual(reports.at(-1), { phase: 'done', loaded: LARGE.size, total: LARGE.size })
    for (const [at, { loaded }] of reports.entries())
      assert.ok(loaded - (reports[at - 1]?.loaded ?? 0) <= PIECE)
    assert.equal(reports.filter(({ phase }) => phase === 'done').length, 1)

    const [file] = parts(posts[0])
    assert.equal(file.bytes.compare(LARGE.bytes()), 0)
    assert.equal(posts[0].request.headers['content-length'], `${posts[0].body.length}`)
    assert.equal(posts[0].request.headers['transfer-encoding'], undefined)
  })

  test('does not change the request', async (t) => {
    const { options, posts } = await service(t)
    const source = new File(['text'], '照片 "x"\n.png', { type: 'image/png' })
    const terms = { ...options, pin: false, version: 0 }
    await pin(source, terms)
    await pin(source, { ...terms, onProgress() {} })
    const [unheard, heard] = posts
    assert.deepEqual(parts(heard), parts(unheard))
    const names = ({ request }) => Object.keys(request.headers).sort()
    assert.deepEqual(names(heard), names(unheard))
  })

  test('does not reach the total while the service reads nothing', async (t) => {
    const { options, next } = await service(t, silence)
    const { reports, onProgress } = listen()
    const seen = next()
    const { timeout, reach } = limit(t)
    const order = pin(large, { ...options, onProgress, timeout })
    await seen
    // Waits until there are no more reports: the buffers between the two processes are full.
    for (let turns = 0, last = -1; turns < 100; turns = reports.length > last ? 0 : turns + 1) {
      last = reports.length
      await new Promise(setImmediate)
    }
    reach()
    await failure(order)
    checkReports(reports, LARGE.size)
    assert.ok(reports.length > 0)
    assert.ok(reports.every(({ phase, loaded }) => phase === 'upload' && loaded < LARGE.size))
  })

  test('stays in processing until the response', async (t) => {
    const { options } = await service(t, say(''))
    const controller = new AbortController()
    const { reports, onProgress } = listen((progress) => {
      if (progress.phase === 'processing') controller.abort()
    })
    const { signal } = controller
    await failure(pin(large, { ...options, onProgress, signal }))
    checkReports(reports, LARGE.size)
    assert.deepEqual(reports.at(-1), { phase: 'processing', loaded: LARGE.size, total: LARGE.size })
  })

  test('does not reach the total if a 401 comes during the upload', async (t) => {
    const { options } = await service(t, ({ response }) => {
      // Closing the connection immediately could discard the response.
      response.removeHeader('Connection')
      response.writeHead(401).end()
    })
    const { reports, onProgress } = listen()
    assert.equal((await failure(pin(large, { ...options, onProgress }))).status, 401)
    checkReports(reports, LARGE.size)
    assert.ok(reports.every(({ phase, loaded }) => phase === 'upload' && loaded < LARGE.size))
  })

  test('does not report done after an error response', async (t) => {
    for (const serve of [answer(401), answer(500), answer(200), answer(200, '{}')]) {
      const { options } = await service(t, serve)
      const { reports, onProgress } = listen()
      await failure(pin(new Blob(['text']), { ...options, onProgress }))
      checkReports(reports, 4)
      assert.ok(reports.every(({ phase }) => phase !== 'done'))
    }
  })

  test('never decreases if the order is retried', async (t) => {
    const { options } = await service(t, (exchange) => {
      const busy = answer(429, 'later', { 'Retry-After': '0' })
      return (exchange.nth < 3 ? busy : json(receiptOf(LARGE)))(exchange)
    })
    const { reports, onProgress } = listen()
    await pin(large, { ...options, onProgress })
    checkReports(reports, LARGE.size)
    assert.equal(reports.at(-1).phase, 'done')
  })

  test('is reported for an empty file and a URL', async (t) => {
    const { options } = await service(t)
    for (const source of [new Blob(), 'https://example.org/x']) {
      const { reports, onProgress } = listen()
      await pin(source, { ...options, onProgress })
      assert.equal(reports.at(-1).phase, 'done')
      assert.equal(reports.filter(({ phase }) => phase === 'done').length, 1)
    }
  })

  test('ignores errors thrown by onProgress', async (t) => {
    const { options, posts } = await service(t)
    for (const onProgress of [
      () => {
        throw new Error('no')
      },
      () => {
        throw undefined
      },
      async () => {},
    ])
      assert.ok(await pin(new Blob(['text']), { ...options, onProgress }))
    assert.equal(posts.length, 3)
  })

  test('the signal can be aborted in onProgress', async (t) => {
    const { options } = await service(t)
    const controller = new AbortController()
    const onProgress = () => controller.abort()
    const { code } = await failure(
      pin(large, { ...options, onProgress, signal: controller.signal }),
    )
    assert.equal(code, 'aborted')
  })
})
