import assert from 'node:assert/strict'
import { openAsBlob, truncateSync } from 'node:fs'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { cidOf, download, locate, verify } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { patterned } from '../support/content.js'
import { serve } from '../support/server.js'
import { vectorOf } from '../support/vectors.js'

// "hello world", from tests/vectors.
const CID = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'
const TREE = 'bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa'
const BYTES = new TextEncoder().encode('hello world')

/** Checks that a call rejects with invalid-input, and with a message that matches. */
async function refused(call, words) {
  const { code, outcome, message } = await failure(call)
  assert.deepEqual([code, outcome], ['invalid-input', 'not-sent'])
  assert.match(message, words)
}

suite('invalid input', { timeout: 60_000 }, () => {
  test('an invalid CID, before any request', async (t) => {
    const { url: gateway, requests } = await serve(t, (request, response) => response.end())
    for (const cid of [
      '',
      'Qm',
      'no CID',
      CID.slice(0, -1),
      `${CID}a`,
      ` ${CID}`,
      `/ipfs/${CID}`,
      `ipfs://${CID}`,
      `${CID}/photo.jpg`,
      `${CID}?format=raw`,
      CID.slice(1),
      'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyf0',
      undefined,
      null,
      42,
      new URL(`ipfs://${CID}`),
      [CID],
    ]) {
      await refused(verify(BYTES, cid), /`cid`/)
      await refused(download(cid, { gateway }), /`cid`/)
      await refused(locate(cid, { gateway }), /`cid`/)
    }
    assert.equal(requests.length, 0)
  })

  test('4 GiB in memory, which would overflow to 0 bytes', async () => {
    const bytes = new Uint8Array(4_294_967_296)
    for (const source of [bytes, bytes.buffer]) {
      assert.equal((await failure(cidOf(source))).code, 'too-large')
    }
  })

  for (const [name, source] of Object.entries({
    'a typed array': (bytes) => bytes,
    'a chunk of a stream': (bytes) =>
      new ReadableStream({ start: (it) => (it.enqueue(bytes), it.close()) }),
  })) {
    test(`${name} detached while it is read; other calls go on`, async () => {
      const other = cidOf(new Blob([patterned('p31', 3_158_073)]))
      const bytes = new Uint8Array(5_000_000)
      const onProgress = () =>
        bytes.length > 0 && structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
      const { code, outcome } = await failure(cidOf(source(bytes), { onProgress }))
      assert.deepEqual([code, outcome], ['unreadable', 'not-sent'])
      assert.equal(await other, vectorOf('p31', 3_158_073, 'kubo-cid-v1'))
    })
  }

  test('a source without bytes', async () => {
    const locked = new Blob([BYTES]).stream()
    locked.getReader()
    const used = new Response(BYTES)
    await used.text()
    for (const source of [
      'https://example.org/photo.jpg',
      new URL('https://example.org/photo.jpg'),
      'hello world',
      '',
      undefined,
      null,
      42,
      {},
      [1, 2, 3],
      locked,
      used,
      new Response(BYTES, { status: 404 }),
    ]) {
      await refused(cidOf(source), /`source`/)
      await refused(verify(source, CID), /`source`/)
    }
  })

  test('an unknown profile or version, or ones that contradict each other', async () => {
    for (const profile of ['', 'unixfs-v2', 'UnixFS-v1-2025', 'raw-block', 0, null, {}])
      await refused(cidOf(BYTES, { profile }), /`profile`.*unixfs-v0-2015.*unixfs-v1-2025/)
    for (const version of [2, -1, '1', true, null])
      await refused(cidOf(BYTES, { version }), /`version`/)
    for (const [version, profile] of [
      [0, 'kubo-cid-v1'],
      [0, 'unixfs-v1-2025'],
      [0, 'unixfs-v0-2015-as-v1'],
      [1, 'unixfs-v0-2015'],
      [1, 'kubo-cid-v0-raw-leaves'],
    ])
      await refused(cidOf(BYTES, { version, profile }), /`version`.*`profile`/)
  })

  test('an unknown option, with a suggestion', async (t) => {
    const { url: gateway, requests } = await serve(t, (request, response) => response.end())
    await refused(cidOf(BYTES, { profil: 'kubo-cid-v1' }), /`profil`.*`profile`/)
    await refused(cidOf(BYTES, { cidVersion: 1 }), /`cidVersion`.*`version`/)
    await refused(verify(BYTES, CID, { onprogress() {} }), /`onprogress`.*`onProgress`/)
    await refused(verify(BYTES, CID, { profile: 'kubo-cid-v1' }), /`profile`/)
    await refused(download(CID, { gateway, maxsize: 1 }), /`maxsize`.*`maxSize`/)
    await refused(locate(CID, { gateway, timeOut: 1 }), /`timeOut`.*`timeout`/)
    await refused(locate(CID, { gateway, headers: {} }), /`headers`/)
    assert.equal(requests.length, 0)
  })

  test('an option of another type', async (t) => {
    const { url: gateway, requests } = await serve(t, (request, response) => response.end())
    const calls = {
      cidOf: (options) => cidOf(BYTES, options),
      verify: (options) => verify(BYTES, CID, options),
      download: (options) => download(CID, { gateway, ...options }),
      locate: (options) => locate(CID, { gateway, ...options }),
    }
    const takes = {
      signal: ['cidOf', 'verify', 'download', 'locate'],
      onProgress: ['cidOf', 'verify', 'download'],
      timeout: ['download', 'locate'],
      maxSize: ['download'],
      verify: ['download'],
      gateway: ['download', 'locate'],
    }
    const wrong = {
      signal: [true, {}, new AbortController()],
      onProgress: [true, {}],
      timeout: [-1, NaN, Infinity, '1000'],
      maxSize: [-1, NaN, '1000'],
      verify: ['require', 1, null],
      gateway: ['', 'gateway', 'ftp://127.0.0.1', 'http://a:b@127.0.0.1', 42, {}],
    }
    for (const [option, names] of Object.entries(takes))
      for (const name of names)
        for (const value of wrong[option])
          await refused(calls[name]({ [option]: value }), new RegExp(`\`${option}\``))
    assert.equal(requests.length, 0)
  })
})

const CALLS = {
  cidOf: (source, options) => cidOf(source, options),
  'verify of a tree': (source, options) => verify(source, TREE, options),
  'verify of a raw block': (source, options) => verify(source, CID, options),
}

/** Creates a file that is deleted when the test `t` has ended. */
async function fileOf(t, bytes) {
  const dir = await mkdtemp(join(tmpdir(), 'proof-'))
  t.after(() => rm(dir, { recursive: true }))
  const path = join(dir, 'photo.png')
  await writeFile(path, bytes)
  return path
}

/** Checks that a call rejects with unreadable, and with a matching cause. */
async function unreadable(call, reason) {
  const { code, outcome, cause } = await failure(call)
  assert.deepEqual([code, outcome], ['unreadable', 'not-sent'])
  assert.ok(reason(cause), cause)
}

const notReadable = ({ name }) => name === 'NotReadableError'

for (const [name, call] of Object.entries(CALLS)) {
  suite(`${name} rejects as unreadable`, { timeout: 60_000 }, () => {
    for (const [what, bytes, change] of [
      ['a file that was deleted', 'text', (path) => rm(path)],
      ['a file that was changed', 'text', (path) => writeFile(path, 'other text')],
      ['a file that has grown', 'text', (path) => appendFile(path, '!')],
      ['a file that was emptied', 'text', (path) => writeFile(path, '')],
      ['an empty file that was filled', '', (path) => writeFile(path, 'text')],
      ['an empty file that was deleted', '', (path) => rm(path)],
    ]) {
      test(what, async (t) => {
        const path = await fileOf(t, bytes)
        const blob = await openAsBlob(path)
        await change(path)
        await unreadable(call(blob), notReadable)
      })
    }

    test('a file that is truncated while it is read', async (t) => {
      const path = await fileOf(t, patterned('p31', 8_388_608))
      const blob = await openAsBlob(path)
      const onProgress = () => truncateSync(path, 3_000_000)
      await unreadable(call(blob, { onProgress }), notReadable)
    })

    test('a stream that fails', async () => {
      const reason = new Error('of the source')
      for (const after of [0, 3]) {
        let chunks = 0
        const source = new ReadableStream({
          pull(stream) {
            chunks += 1
            if (chunks > after) stream.error(reason)
            else stream.enqueue(BYTES)
          },
        })
        await unreadable(call(source), (cause) => cause === reason)
      }
    })

    test('a detached view', async () => {
      for (const view of [new DataView(new ArrayBuffer(8)), new DataView(new ArrayBuffer(8), 2)]) {
        structuredClone(view.buffer, { transfer: [view.buffer] })
        assert.equal((await failure(call(view))).code, 'unreadable')
      }
    })

    test('a stream of other chunks than bytes', async () => {
      for (const chunk of ['text', 42, null, [1, 2]]) {
        const source = ReadableStream.from([BYTES, chunk])
        const { code } = await failure(call(source))
        assert.equal(code, 'unreadable')
      }
    })
  })
}
