import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { download, locate } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { serve } from '../support/server.js'

// "hello world", from tests/vectors.
const CID = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'

/** Replaces `fetch` by one that rejects some requests, with the message of a runtime. */
function refusing(t, words, refuses) {
  const native = globalThis.fetch
  t.mock.method(globalThis, 'fetch', async (url, init) => {
    if (refuses(init)) throw new TypeError(words)
    return native(url, init)
  })
}

suite('a runtime', { timeout: 60_000 }, () => {
  test('without the option `cache`: download and locate work', async (t) => {
    const { url: gateway } = await serve(t, (request, response) => response.end('hello world'))
    const words = "The 'cache' field on 'RequestInitializerDict' is not implemented."
    refusing(t, words, (init) => 'cache' in init)
    assert.equal(await locate(CID, { gateway }), 'present')
    assert.equal((await download(CID, { gateway })).size, 11)
  })

  for (const words of [
    "The 'signal' field on 'RequestInitializerDict' is not implemented.",
    'NotCapable: Requires net access to "127.0.0.1:80", run again with the --allow-net flag',
    'RequestInit: Expected signal ("AbortSignal {}") to be an instance of AbortSignal.',
    "Failed to execute 'fetch' on 'Window': Illegal invocation",
  ])
    test(`that rejects all requests: code unsupported for ${words}`, async (t) => {
      const { url: gateway } = await serve(t, (request, response) => response.end())
      refusing(t, words, () => true)
      for (const call of [locate, download]) {
        const { code, cause } = await failure(call(CID, { gateway: [gateway, gateway] }))
        assert.equal(code, 'unsupported')
        assert.equal(cause.message, words)
      }
    })
})
