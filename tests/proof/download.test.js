import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { cidOf, download } from '../../pkg/index.js'
import { pinned, localGateway } from '../support/gateway.js'
import { failure } from '../support/failure.js'
import { limit } from '../support/limit.js'
import { patterned } from '../support/content.js'
import { keystreamBytes } from './keystream.js'
import { serve } from '../support/server.js'
import { vectorOf } from '../support/vectors.js'

const SMALL = patterned('p31', 1000)
const LARGE = patterned('p31', 3_158_073)
const LARGEST = await keystreamBytes('download', 26_214_400)

/** The CIDs of these: of one raw block, and of trees. */
const RAW = vectorOf('p31', SMALL.length, 'kubo-cid-v1')
const ROOT = vectorOf('p31', LARGE.length, 'kubo-cid-v1')
const ROOT_V0 = vectorOf('p31', LARGE.length, 'unixfs-v0-2015')

const sameBytes = async (blob, bytes) => {
  assert.equal(blob.size, bytes.length)
  assert.equal(Buffer.compare(Buffer.from(await blob.arrayBuffer()), bytes), 0)
}

/** A gateway that responds to every request with these bytes. */
const sends =
  (bytes, headers = {}) =>
  (request, response) =>
    response.writeHead(200, headers).end(bytes)

suite('download', { timeout: 60_000 }, () => {
  for (const [name, bytes] of [
    ['an empty file', new Uint8Array(0)],
    ['a small file', SMALL],
    ['a large file', LARGE],
    ['25 MiB', LARGEST],
  ]) {
    test(`returns ${name} as it was pinned`, async (t) => {
      const { url: gateway, endpoint } = await localGateway(t)
      for (const version of ['0', '1']) {
        const { cid } = await pinned(endpoint, bytes, [['version', version]])
        await sameBytes(await download(cid, { gateway }), bytes)
      }
    })
  }

  test('verifies CIDs of every profile', async (t) => {
    const { url: gateway } = await serve(t, sends(LARGE))
    for (const profile of [
      'unixfs-v0-2015',
      'kubo-cid-v0-raw-leaves',
      'kubo-cid-v1',
      'unixfs-v1-2025',
      'kubo-test-cid-v1',
      'unixfs-v0-2015-as-v1',
      'kubo-cid-v1-dag-pb-leaves',
    ])
      await sameBytes(await download(vectorOf('p31', LARGE.length, profile), { gateway }), LARGE)
  })

  test('keeps the media type', async (t) => {
    const { url: gateway } = await serve(t, sends(SMALL, { 'Content-Type': 'image/png' }))
    assert.equal((await download(RAW, { gateway })).type, 'image/png')
  })

  test('sends GET with the default headers of fetch', async (t) => {
    const { url: gateway, requests } = await serve(t, sends(SMALL))
    await download(RAW, { gateway })
    await fetch(gateway, { cache: 'no-store' })
    const [ours, plain] = requests
    assert.deepEqual([ours.method, ours.url], ['GET', `/ipfs/${RAW}`])
    assert.deepEqual(ours.headers, plain.headers)
  })

  test('sends the same request for every spelling of a gateway', async (t) => {
    const { url, requests } = await serve(t, sends(SMALL))
    const forms = ['', '/', '/ipfs', '/ipfs/'].map((end) => url + end)
    for (const gateway of [...forms, new URL(url), new URL('/ipfs/', url)])
      await download(RAW, { gateway })
    for (const request of requests) assert.equal(request.url, `/ipfs/${RAW}`)
  })

  test('follows a redirect to the subdomain of a CID', async (t) => {
    const there = await serve(t, sends(LARGE))
    const { url: gateway } = await serve(t, (request, response) =>
      response.writeHead(301, { Location: `${there.url}/` }).end(),
    )
    await sameBytes(await download(ROOT, { gateway }), LARGE)
  })

  test('accepts a compressed body, and one without Content-Length', async (t) => {
    const packed = await serve(t, sends(gzipSync(LARGE), { 'Content-Encoding': 'gzip' }))
    const chunked = await serve(t, (request, response) => {
      response.write(LARGE.subarray(0, 1000))
      response.end(LARGE.subarray(1000))
    })
    for (const { url: gateway } of [packed, chunked])
      await sameBytes(await download(ROOT, { gateway }), LARGE)
  })
})

suite('a file with Content-Encoding, which the runtime decompresses', { timeout: 60_000 }, () => {
  /** A gateway that serves the file with Content-Encoding, and the raw block without. */
  const encodes =
    (file, block, encoding = 'gzip') =>
    (request, response) => {
      const isRaw = request.url.endsWith('?format=raw')
      response.setHeader('Content-Type', isRaw ? 'application/vnd.ipld.raw' : 'application/gzip')
      if (!isRaw) response.setHeader('Content-Encoding', encoding)
      response.end(isRaw ? block : file)
    }
  const packed = gzipSync(SMALL)
  const bomb = gzipSync(Buffer.alloc(1_000_000))
  const cidOfPacked = (bytes) => cidOf(new Uint8Array(bytes))

  test('is downloaded again as a raw block', async (t) => {
    const { url: gateway, requests } = await serve(t, encodes(packed, packed))
    const cid = await cidOfPacked(packed)
    const blob = await download(cid, { gateway })
    await sameBytes(blob, packed)
    assert.equal(blob.type, 'application/gzip')
    assert.deepEqual(
      requests.map(({ url }) => url),
      [`/ipfs/${cid}`, `/ipfs/${cid}?format=raw`],
    )
  })

  test('is downloaded as a raw block if it decompresses beyond maxSize, or not at all', async (t) => {
    for (const [file, encoding] of [
      [bomb, 'gzip'],
      [SMALL, 'gzip'],
    ]) {
      const { url: gateway } = await serve(t, encodes(file, file, encoding))
      const blob = await download(await cidOfPacked(file), { gateway, maxSize: 5000 })
      await sameBytes(blob, Buffer.from(file))
    }
  })

  test('rejects with mismatch if the raw block differs too, or is not served', async (t) => {
    const cid = await cidOfPacked(packed)
    const { url: lies } = await serve(t, encodes(packed, SMALL))
    const { url: refuses } = await serve(t, (request, response) =>
      request.url.includes('?')
        ? response.writeHead(400).end()
        : encodes(packed, packed)(request, response),
    )
    for (const gateway of [lies, refuses])
      assert.equal((await failure(download(cid, { gateway }))).code, 'mismatch')
  })
})

suite('the progress of a download', { timeout: 60_000 }, () => {
  /** Downloads, and checks what is true for the progress of every download. */
  async function progressOf(t, answer) {
    const { url: gateway } = await serve(t, answer)
    const reports = []
    const onProgress = (progress) => reports.push(progress)
    const { size } = await download(ROOT, { gateway, onProgress })
    const last = reports.pop()
    assert.deepEqual([last.phase, last.loaded, size], ['done', LARGE.length, LARGE.length])
    let loaded = 0
    for (const progress of reports) {
      assert.equal(progress.phase, 'download')
      assert.ok(progress.loaded > loaded)
      assert.equal(progress.total, last.total)
      loaded = progress.loaded
    }
    assert.equal(loaded, LARGE.length)
    return last.total
  }

  test('only increases, and ends with done', async (t) => {
    assert.equal(
      await progressOf(t, sends(LARGE, { 'Content-Length': LARGE.length })),
      LARGE.length,
    )
  })

  test('has total: null without Content-Length', async (t) => {
    const chunked = sends(LARGE, { 'Transfer-Encoding': 'chunked' })
    assert.equal(await progressOf(t, chunked), null)
  })

  test('has total: null for a compressed body', async (t) => {
    const packed = gzipSync(LARGE)
    const headers = { 'Content-Encoding': 'gzip', 'Content-Length': packed.length }
    assert.equal(await progressOf(t, sends(packed, headers)), null)
  })

  test('does not report done if the download fails', async (t) => {
    const { url: gateway } = await serve(t, sends(LARGE))
    const phases = new Set()
    const onProgress = ({ phase }) => phases.add(phase)
    await failure(download(RAW, { gateway, onProgress }))
    assert.deepEqual([...phases], ['download'])
  })

  test('ignores errors thrown by onProgress', async (t) => {
    const { url: gateway } = await serve(t, sends(LARGE))
    const onProgress = () => {
      throw new Error('of the caller')
    }
    await sameBytes(await download(ROOT, { gateway, onProgress }), LARGE)
  })
})

suite('wrong bytes of a gateway are not returned:', { timeout: 60_000 }, () => {
  const flipped = (bytes) => bytes.with(500, bytes[500] ^ 4)
  const page = Buffer.from('<!doctype html><title>Log in</title>')
  const html = { 'Content-Type': 'text/html' }
  const lies = {
    'a flipped bit': (bytes) => sends(flipped(bytes)),
    'a short body': (bytes) => sends(bytes.subarray(0, -1)),
    'an extra byte': (bytes) => sends(Buffer.concat([bytes, Buffer.alloc(1)])),
    'an empty body': () => sends(''),
    'another file': () => sends(patterned('p31', 255)),
    'a login page with status 200': () => sends(page, html),
    'a login page elsewhere': () => (request, response) =>
      request.url === '/login'
        ? sends(page, html)(request, response)
        : response.writeHead(302, { Location: '/login' }).end(),
    'no content with status 204': () => (request, response) => response.writeHead(204).end(),
    'part of the content with status 206': (bytes) => (request, response) =>
      response.writeHead(206).end(bytes.subarray(0, 500)),
  }
  for (const [name, lie] of Object.entries(lies)) {
    test(name, async (t) => {
      // The CID of a raw block proves a mismatch; that of a tree may be of unknown parameters.
      for (const [cid, bytes, code] of [
        [RAW, SMALL, 'mismatch'],
        [ROOT, LARGE, 'bad-response'],
        [ROOT_V0, LARGE, 'bad-response'],
      ]) {
        const { url: gateway } = await serve(t, lie(bytes))
        const error = await failure(download(cid, { gateway }))
        assert.deepEqual([error.code, error.outcome], [code, 'not-sent'])
      }
    })
  }

  test('a body shorter than its Content-Length', async (t) => {
    const { url: gateway } = await serve(t, (request, response) => {
      response.writeHead(200, { 'Content-Length': LARGE.length })
      response.write(LARGE.subarray(0, 1000), () => response.destroy())
    })
    for (const options of [{ gateway }, { gateway, verify: false }])
      assert.equal((await failure(download(ROOT, options))).code, 'network')
  })

  test('a body longer than its Content-Length', async (t) => {
    const { url: gateway } = await serve(t, ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
      socket.end(LARGE)
    })
    assert.equal((await failure(download(ROOT, { gateway }))).code, 'bad-response')
  })

  test('an endless body, which is cancelled', async (t) => {
    for (const maxSize of [undefined, 100_000, 0]) {
      const endless = await serve(t, (request, response) => {
        const more = () => {
          while (response.write(LARGE));
        }
        response.on('drain', more)
        more()
      })
      const options = { gateway: endless.url, maxSize }
      assert.equal((await failure(download(ROOT, options))).code, 'too-large')
      await endless.hungUp
    }
  })

  test('a body whose Content-Length is too large, which is not read', async (t) => {
    const huge = await serve(t, (request, response) => {
      response.writeHead(200, { 'Content-Length': 26_214_401 }).flushHeaders()
    })
    assert.equal((await failure(download(ROOT, { gateway: huge.url }))).code, 'too-large')
    await huge.hungUp
  })

  test('a small body that decompresses to a huge one', async (t) => {
    const bomb = gzipSync(Buffer.alloc(268_435_456))
    const { url: gateway } = await serve(t, sends(bomb, { 'Content-Encoding': 'gzip' }))
    for (const options of [{ gateway }, { gateway, verify: false }])
      assert.equal((await failure(download(ROOT, options))).code, 'too-large')
  })

  for (const [status, code] of [
    [404, 'not-found'],
    [410, 'not-found'],
    [429, 'rate-limited'],
    [500, 'server'],
    [504, 'server'],
    [400, 'bad-response'],
    [401, 'bad-response'],
    [403, 'bad-response'],
    [304, 'bad-response'],
  ]) {
    test(`the right bytes with status ${status}`, async (t) => {
      const { url: gateway } = await serve(t, (request, response) =>
        response.writeHead(status, { 'Retry-After': '7' }).end(SMALL),
      )
      for (const verify of [true, false]) {
        const error = await failure(download(RAW, { gateway, verify }))
        assert.deepEqual([error.code, error.status, error.outcome], [code, status, 'not-sent'])
        assert.equal(error.retryAfter, 7)
      }
    })
  }

  test('verify: false returns whatever the gateway sends', async (t) => {
    for (const bytes of [flipped(LARGE), page, Buffer.alloc(0)]) {
      const { url: gateway, requests } = await serve(t, sends(bytes, html))
      const blob = await download(ROOT, { gateway, verify: false })
      await sameBytes(blob, bytes)
      assert.equal(blob.type, 'text/html')
      assert.equal(requests.length, 1)
    }
  })
})

suite('a download ends', { timeout: 60_000 }, () => {
  /** Sends a part of the file and stalls. */
  const stalls = (request, response) => {
    response.writeHead(200, { 'Content-Length': LARGE.length })
    response.write(LARGE.subarray(0, 300_000))
  }

  test('after its timeout', async (t) => {
    const { timeout, reach } = limit(t)
    for (const answer of [() => {}, stalls]) {
      const there = await serve(t, (request, response) => {
        answer(request, response)
        reach()
      })
      const error = await failure(download(ROOT, { gateway: there.url, timeout }))
      assert.deepEqual([error.name, error.code], ['TimeoutError', 'timeout'])
      await there.hungUp
    }
  })

  test('after an abort, and removes its listener', async (t) => {
    const there = await serve(t, stalls)
    const controller = new AbortController()
    const { signal } = controller
    const loaded = []
    const onProgress = (progress) => {
      loaded.push(progress.loaded)
      controller.abort()
    }
    const error = await failure(download(ROOT, { gateway: there.url, signal, onProgress }))
    assert.deepEqual([error.name, error.code], ['AbortError', 'aborted'])
    assert.equal(error.cause, signal.reason)
    assert.equal(loaded.length, 1)
    assert.deepEqual(getEventListeners(signal, 'abort'), [])
    await there.hungUp
  })

  test('before it begins if its signal is already aborted', async (t) => {
    const { url: gateway, requests } = await serve(t, stalls)
    const error = await failure(download(ROOT, { gateway, signal: AbortSignal.abort() }))
    assert.equal(error.code, 'aborted')
    assert.equal(requests.length, 0)
  })
})
