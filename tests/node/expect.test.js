import { base58btc } from 'multiformats/bases/base58'
import { CID } from 'multiformats/cid'
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cidOf, pin, pinAll } from '../../pkg/index.js'
import { json } from '../support/faults/answers.js'
import { failure } from '../support/failure.js'
import { RECEIPT, service } from '../support/service.js'

/** The CIDs of `hello world` by kubo: `ipfs add`, with `--cid-version=1` and without. */
const HELLO = new TextEncoder().encode('hello world')
const V1 = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'
const V0 = 'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD'

const large = new Uint8Array(1_000_000).fill(1)
const responding = (t, cid) =>
  service(t, json({ ...RECEIPT, cid, cid_version: cid === V0 ? 0 : 1 }))

suite('expect', { timeout: 60_000 }, () => {
  for (const expect of [V1, V0])
    test(`accepts the CID of the order: ${expect}`, async (t) => {
      const { options, posts } = await responding(t, expect)
      const receipt = await pin(HELLO, { ...options, expect })
      assert.deepEqual([receipt.cid, receipt.verified], [expect, true])
      assert.equal(posts[0].body.includes('name="version"'), expect === V0)
    })

  for (const [name, source] of Object.entries({
    bytes: () => HELLO,
    'a Blob': () => new Blob([HELLO]),
    'a large Blob': () => new Blob([large]),
    'a stream': () => new Blob([HELLO]).stream(),
  }))
    for (const verify of [true, false, 'require'])
      test(`orders nothing if the CID differs: ${name}, verify: ${verify}`, async (t) => {
        const { options, posts } = await service(t)
        const expect = await cidOf(new Uint8Array([7]))
        const error = await failure(pin(source(), { ...options, verify, expect }))
        assert.deepEqual([error.code, error.outcome], ['mismatch', 'not-sent'])
        assert.ok(error.message.includes(error.cid) && error.message.includes(expect))
        assert.equal(error.cid, name === 'a large Blob' ? await cidOf(large) : V1)
        assert.equal(posts.length, 0)
      })

  test('orders nothing if the CID is of another version', async (t) => {
    const { options, posts } = await service(t)
    const error = await failure(pin(HELLO, { ...options, version: 0, expect: V1 }))
    assert.deepEqual([error.code, error.outcome, error.cid], ['mismatch', 'not-sent', V0])
    assert.equal(posts.length, 0)
  })

  for (const verify of [true, false])
    test(`rejects with mismatch if the response has another CID, verify: ${verify}`, async (t) => {
      const { options } = await responding(t, RECEIPT.cid)
      const error = await failure(pin(HELLO, { ...options, verify, expect: V1 }))
      assert.deepEqual([error.code, error.outcome], ['mismatch', 'pinned'])
      assert.equal(error.receipt.cid, RECEIPT.cid)
      for (const cid of [RECEIPT.cid, V1]) assert.ok(error.message.includes(cid), error.message)
    })

  for (const [name, expect] of Object.entries({
    'text that is not a CID': 'hello',
    'a number': 7,
    'a CID of another hash': 'bafkrgigaypy5rkavjaorymvq2kmvwgjwacv7mz3ukppb5ogtaxe5mz6zhy',
    'a CID of dag-cbor': 'bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua',
  }))
    test(`rejects ${name}`, async (t) => {
      const { options, posts } = await service(t)
      const error = await failure(pin(HELLO, { ...options, expect }))
      assert.deepEqual([error.code, error.outcome], ['invalid-input', 'not-sent'])
      assert.match(error.message, /`expect`/)
      assert.equal(posts.length, 0)
    })

  test('rejects a URL as source', async (t) => {
    const { options } = await service(t)
    const error = await failure(pin('https://example.org/a', { ...options, expect: V1 }))
    assert.equal(error.code, 'invalid-input')
  })

  test('is set for each source of a batch', async (t) => {
    const { options, posts } = await responding(t, V1)
    const sources = [
      { source: HELLO, expect: V1 },
      { source: large, filename: 'large', expect: V1 },
    ]
    const [first, second] = await pinAll(sources, options)
    assert.equal(first.value.cid, V1)
    assert.equal(second.reason.code, 'mismatch')
    assert.equal(posts.length, 1)
  })

  test('is checked even if the same bytes are ordered for another source', async (t) => {
    const { options, posts } = await responding(t, V1)
    const expect = await cidOf(new Uint8Array([7]))
    const [, wrong] = await pinAll([HELLO, { source: HELLO, expect }], options)
    assert.deepEqual([wrong.reason.code, wrong.reason.outcome], ['mismatch', 'not-sent'])
    assert.equal(posts.length, 1)
  })

  for (const [name, concurrency] of Object.entries({ 'a known': 1, 'a later': 4 }))
    test(`is compared with ${name} receipt of another source`, async (t) => {
      const { options, posts } = await responding(t, RECEIPT.cid)
      const named = { source: HELLO, expect: V1 }
      const results = await pinAll([HELLO, named, HELLO], { ...options, concurrency })
      const [{ value }, { reason }, last] = results
      assert.equal(value.cid, RECEIPT.cid)
      assert.deepEqual([reason.code, reason.outcome, reason.cid], ['mismatch', 'pinned', V1])
      assert.equal(reason.receipt.orderID, value.orderID)
      assert.equal(last.value, value)
      assert.equal(posts.length, 1)
    })

  test('is compared with a receipt of the same bytes by another base', async (t) => {
    const { options, posts } = await responding(t, CID.parse(V1).toString(base58btc))
    const named = { source: HELLO, expect: V1 }
    const results = await pinAll([HELLO, named], options)
    for (const { value } of results) assert.equal(value.verified, true)
    assert.equal(posts.length, 1)
  })

  test('is not an option of pinAll', async (t) => {
    const { options } = await service(t)
    const error = await failure(pinAll([HELLO], { ...options, expect: V1 }))
    assert.match(error.message, /Unknown option `expect`/)
  })
})
