import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin, pinAll } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { RECEIPT, service } from '../support/service.js'

const byte = new Uint8Array(1)

suite('the option fetch', { timeout: 60_000 }, () => {
  test('replaces the global fetch', async (t) => {
    t.mock.method(globalThis, 'fetch', () => assert.fail('the platform was asked'))
    const calls = []
    const fetch = async (...args) => {
      calls.push(args)
      return Response.json(RECEIPT)
    }
    const options = {
      token: 'token-1234',
      endpoint: 'https://api.example/pin',
      verify: false,
      fetch,
    }
    assert.equal((await pin(byte, options)).cid, RECEIPT.cid)
    await pinAll([byte, new Uint8Array(2)], options)
    assert.equal(calls.length, 3)
    const [url, init] = calls[0]
    assert.equal(url, 'https://api.example/pin')
    assert.equal(init.method, 'POST')
    assert.equal(new Headers(init.headers).get('authorization'), 'token token-1234')
  })

  test('can be the global fetch', async (t) => {
    const { options, posts } = await service(t)
    const { fetch } = globalThis
    const loaded = []
    const onProgress = (progress) => loaded.push(progress.phase)
    await pin(new Blob([new Uint8Array(200_000)]), { ...options, fetch, onProgress, verify: false })
    assert.equal(posts.length, 1)
    assert.equal(loaded.at(-1), 'done')
  })

  test('works without a global fetch', async (t) => {
    const { fetch } = globalThis
    t.after(() => (globalThis.fetch = fetch))
    delete globalThis.fetch
    const own = async () => Response.json(RECEIPT)
    const receipt = await pin(byte, { token: 'token-1234', verify: false, fetch: own })
    assert.equal(receipt.cid, RECEIPT.cid)
  })

  test('that throws synchronously: outcome unknown', async () => {
    const fetch = () => {
      throw new TypeError('of the caller')
    }
    const error = await failure(pin(byte, { token: 'token-1234', fetch }))
    assert.deepEqual([error.code, error.outcome], ['network', 'unknown'])
    assert.match(error.message, /of the caller/)
  })

  test('that throws what a response says is called once: outcome unknown', async () => {
    let calls = 0
    const fetch = async () => {
      calls += 1
      throw new Error('Status 500: pinned, then connect ECONNREFUSED 10.0.0.7:5001')
    }
    const error = await failure(pin(byte, { token: 'token-1234', fetch }))
    assert.deepEqual([error.code, error.outcome, calls], ['network', 'unknown', 1])
  })

  test('that throws the code of a failed connection is called again', async () => {
    let calls = 0
    const fetch = async () => {
      calls += 1
      if (calls === 2) return Response.json(RECEIPT)
      const cause = Object.assign(new Error(), { code: 'ECONNREFUSED' })
      throw new TypeError('fetch failed', { cause })
    }
    const receipt = await pin(byte, { token: 'token-1234', verify: false, fetch })
    assert.deepEqual([receipt.cid, calls], [RECEIPT.cid, 2])
  })

  for (const name of ['Error', 'NotReadableError'])
    test(`that throws the token in an ${name} does not bring it into the message`, async () => {
      const fetch = (url, { headers }) => {
        throw new DOMException(`failed with ${JSON.stringify([...headers])}`, name)
      }
      const { message } = await failure(pin(byte, { token: 'token-1234', fetch }))
      assert.match(message, /failed with .*\[token\]/)
      assert.doesNotMatch(message, /token-1234/)
    })

  test('is rejected if it is not a function', async () => {
    const error = await failure(pin(byte, { token: 'token-1234', fetch: 'https://proxy' }))
    assert.match(error.message, /`fetch` must be a function/)
  })
})
