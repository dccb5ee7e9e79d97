import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { limit } from '../support/limit.js'
import { patterned } from '../support/content.js'
import { service } from './service.js'
import { vectorOf } from '../support/vectors.js'

const SMALL = patterned('p31', 1000)
const LARGE = patterned('p31', 3_158_073)
const v1Of = (size) => vectorOf('p31', size, 'kubo-cid-v1')

/** CIDs of other files: of a raw block, and of the roots of trees. */
const OTHER_RAW = v1Of(255)
const OTHER_TREES = ['unixfs-v0-2015', 'kubo-cid-v1', 'unixfs-v0-2015-as-v1'].map((profile) =>
  vectorOf('p31', 1_048_577, profile),
)
const URL_SOURCE = 'https://example.org/photo.jpg'

const receiptOf = (cid) => ({
  fileURL: `https://gateway.example/ipfs/${cid}`,
  cid,
  fileSize: 1000,
  cid_version: cid.startsWith('Qm') ? 0 : 1,
  orderID: 'order-1',
})

/** Orders from a service that responds with this CID. */
async function order(t, source, cid, options) {
  const there = await service(t, receiptOf(cid))
  return pin(source, { ...there.options, ...options })
}

/** Checks that a call rejects with mismatch, and that the error has the receipt. */
async function mismatch(call, given, bytes) {
  const { code, outcome, cid, receipt, message } = await failure(call)
  assert.deepEqual([code, outcome], ['mismatch', 'pinned'])
  assert.ok(message.includes(given.slice(0, 60)), message)
  assert.equal(cid, bytes && v1Of(bytes.length))
  const verified = bytes ? false : null
  assert.deepEqual(receipt, { ...receiptOf(given), verified, profile: null })
}

suite('a response with another CID', { timeout: 60_000 }, () => {
  for (const [size, bytes] of [
    ['a small file', SMALL],
    ['a large file', LARGE],
  ]) {
    test(`of a raw block rejects with mismatch: ${size}`, async (t) => {
      for (const verify of [undefined, true, 'require'])
        await mismatch(order(t, bytes, OTHER_RAW, { verify }), OTHER_RAW, bytes)
    })

    test(`of a tree resolves with verified: false: ${size}`, async (t) => {
      for (const cid of OTHER_TREES)
        for (const verify of [undefined, true]) {
          const receipt = await order(t, bytes, cid, { verify })
          assert.deepEqual(receipt, { ...receiptOf(cid), verified: false, profile: null })
        }
    })

    test(`of a tree rejects with verify: 'require': ${size}`, async (t) => {
      for (const cid of OTHER_TREES)
        await mismatch(order(t, bytes, cid, { verify: 'require' }), cid, bytes)
    })

    test(`is accepted with verify: false: ${size}`, async (t) => {
      for (const cid of [OTHER_RAW, ...OTHER_TREES, 'no CID']) {
        const receipt = await order(t, bytes, cid, { verify: false })
        assert.deepEqual(receipt, { ...receiptOf(cid), verified: null, profile: null })
      }
    })
  }

  test('that is invalid rejects with mismatch', async (t) => {
    const good = v1Of(1000)
    for (const cid of ['no CID', good.slice(0, -1), `${good} `, 'Qm', good.toUpperCase().slice(1)])
      for (const verify of [undefined, 'require'])
        await mismatch(order(t, SMALL, cid, { verify }), cid, SMALL)
  })

  test('of another hash function resolves with verified: false', async (t) => {
    // SHA2-512 of nothing, from FIPS 180-4, as a dag-pb block.
    const cid =
      'f01701340cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce' +
      '47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e'
    assert.equal((await order(t, SMALL, cid)).verified, false)
    await mismatch(order(t, SMALL, cid, { verify: 'require' }), cid, SMALL)
  })
})

suite('a CID of the bytes is verified for every profile:', { timeout: 60_000 }, () => {
  for (const profile of [
    'unixfs-v0-2015',
    'kubo-cid-v0-raw-leaves',
    'kubo-cid-v1',
    'unixfs-v1-2025',
    'unixfs-v0-2015-as-v1',
    'kubo-cid-v1-dag-pb-leaves',
  ]) {
    test(profile, async (t) => {
      const cid = vectorOf('p31', LARGE.length, profile)
      for (const [version, verify] of [
        [0, true],
        [1, 'require'],
      ]) {
        const receipt = await order(t, LARGE, cid, { version, verify })
        assert.deepEqual(receipt, { ...receiptOf(cid), verified: true, profile })
      }
    })
  }

  test('kubo-test-cid-v1, which differs from unixfs-v1-2025 above 174 MiB', async (t) => {
    const bytes = patterned('p31', 182_452_225)
    const cid = vectorOf('p31', bytes.length, 'kubo-test-cid-v1')
    const receipt = await order(t, bytes, cid, { verify: 'require', maxSize: bytes.length })
    assert.deepEqual([receipt.verified, receipt.profile], [true, 'kubo-test-cid-v1'])
  })

  test('one raw block, as the requested profile or as raw-block', async (t) => {
    const small = await order(t, SMALL, v1Of(1000), { verify: 'require' })
    assert.deepEqual([small.verified, small.profile], [true, 'kubo-cid-v1'])
    const bytes = patterned('p31', 1_048_576)
    const cid = vectorOf('p31', bytes.length, 'unixfs-v1-2025')
    const large = await order(t, bytes, cid, { verify: 'require' })
    assert.deepEqual([large.verified, large.profile], [true, 'raw-block'])
  })

  test('the empty file', async (t) => {
    for (const profile of ['unixfs-v0-2015', 'kubo-cid-v1', 'unixfs-v0-2015-as-v1']) {
      const cid = vectorOf('p31', 0, profile)
      const receipt = await order(t, new Uint8Array(0), cid, { verify: 'require' })
      assert.equal(receipt.verified, true, profile)
    }
  })

  test('in every base', async (t) => {
    // "hello world", from tests/vectors.
    const source = new Blob(['hello world'])
    for (const cid of [
      'BAFKREIFZJUT3TE2NHYEKKLSS27NH3K72YSCO7Y32KOAO5EEI66WOF36N5E',
      'f01551220b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    ]) {
      const receipt = await order(t, source, cid, { verify: 'require' })
      assert.equal(receipt.verified, true)
      assert.equal(receipt.cid, cid)
    }
  })
})

suite('the other fields of a receipt', { timeout: 60_000 }, () => {
  test('fileSize may be the size of the blocks', async (t) => {
    const cid = vectorOf('p31', LARGE.length, 'unixfs-v0-2015')
    // The Tsize of the same row of the vectors.
    const fields = { ...receiptOf(cid), fileSize: 3_158_883 }
    const { options } = await service(t, fields)
    const receipt = await pin(LARGE, { ...options, version: 0, verify: 'require' })
    assert.deepEqual(receipt, { ...fields, verified: true, profile: 'unixfs-v0-2015' })
  })

  test('cid_version may contradict the CID', async (t) => {
    for (const [cid, version] of [
      [vectorOf('p31', 1000, 'unixfs-v0-2015'), 1],
      [v1Of(1000), 0],
    ]) {
      const { options } = await service(t, { ...receiptOf(cid), cid_version: version })
      const receipt = await pin(SMALL, { ...options, verify: 'require' })
      assert.deepEqual([receipt.verified, receipt.cid_version], [true, version])
    }
  })

  test('overwrites `verified` and `profile` of the API', async (t) => {
    const claims = { verified: true, profile: 'kubo-cid-v1' }
    for (const [source, verified] of [
      [SMALL, false],
      [URL_SOURCE, null],
    ]) {
      const { options } = await service(t, { ...receiptOf(OTHER_TREES[1]), ...claims })
      const receipt = await pin(source, options)
      assert.deepEqual([receipt.verified, receipt.profile], [verified, null])
    }
  })
})

suite('the receipt of a URL', { timeout: 60_000 }, () => {
  test('has verified: null', async (t) => {
    for (const cid of [OTHER_RAW, ...OTHER_TREES])
      for (const source of [URL_SOURCE, new URL(URL_SOURCE)]) {
        const receipt = await order(t, source, cid)
        assert.deepEqual(receipt, { ...receiptOf(cid), verified: null, profile: null })
      }
  })

  test('rejects with mismatch if its CID is invalid', async (t) => {
    await mismatch(order(t, URL_SOURCE, 'no CID'), 'no CID')
    assert.equal((await order(t, URL_SOURCE, 'no CID', { verify: false })).verified, null)
  })

  test("rejects with verify: 'require' before anything is sent", async (t) => {
    const { options, requests } = await service(t, receiptOf(OTHER_RAW))
    for (const source of [URL_SOURCE, new URL(URL_SOURCE)]) {
      const { code, outcome } = await failure(pin(source, { ...options, verify: 'require' }))
      assert.deepEqual([code, outcome], ['invalid-input', 'not-sent'])
    }
    assert.equal(requests.length, 0)
  })
})

suite('a runtime that cannot hash', { timeout: 60_000 }, () => {
  test("rejects with verify: 'require' before anything is sent", async (t) => {
    const { getBuiltinModule } = process
    t.after(() => (process.getBuiltinModule = getBuiltinModule))
    process.getBuiltinModule = undefined
    t.mock.method(crypto.subtle, 'digest', () => Promise.reject(new Error('no')))
    const { options, requests } = await service(t, receiptOf(v1Of(1000)))
    const { code, outcome } = await failure(pin(SMALL, { ...options, verify: 'require' }))
    assert.deepEqual([code, outcome], ['unsupported', 'not-sent'])
    assert.equal(requests.length, 0)
  })
})

suite('the error of an order that may have been processed has its CID', { timeout: 60_000 }, () => {
  const unanswered = {
    'after status 500': (request, response) => response.writeHead(500).end(),
    'after a response that is not a receipt': (request, response) => response.end('<html>'),
    'after a connection reset': ({ socket }) => socket.resetAndDestroy(),
  }
  for (const [name, answer] of Object.entries(unanswered)) {
    test(name, async (t) => {
      const { options } = await service(t, answer)
      for (const [source, version, profile] of [
        [SMALL, 1, 'kubo-cid-v1'],
        [LARGE, 1, 'kubo-cid-v1'],
        [LARGE, 0, 'unixfs-v0-2015'],
        [new Blob([LARGE]).stream(), 0, 'unixfs-v0-2015'],
      ]) {
        const { outcome, cid } = await failure(pin(source, { ...options, version }))
        const size = source === SMALL ? SMALL.length : LARGE.length
        assert.deepEqual([outcome, cid], ['unknown', vectorOf('p31', size, profile)])
      }
    })
  }

  test('after a timeout', async (t) => {
    const { timeout, reach } = limit(t)
    const { options } = await service(t, reach)
    const { code, outcome, cid } = await failure(pin(SMALL, { ...options, timeout }))
    assert.deepEqual([code, outcome, cid], ['timeout', 'unknown', v1Of(1000)])
  })

  test('after an abort', async (t) => {
    const controller = new AbortController()
    const { options } = await service(t, () => controller.abort())
    const { signal } = controller
    const { code, outcome, cid } = await failure(pin(SMALL, { ...options, signal }))
    assert.deepEqual([code, outcome, cid], ['aborted', 'unknown', v1Of(1000)])
  })

  test('after 402 the outcome is still refused', async (t) => {
    const { options } = await service(t, (request, response) => response.writeHead(402).end())
    const { code, outcome } = await failure(pin(LARGE, options))
    assert.deepEqual([code, outcome], ['insufficient-funds', 'refused'])
  })
})
