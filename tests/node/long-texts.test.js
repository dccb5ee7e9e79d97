import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cidOf, download, pin, pinAll, verify } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { RECEIPT, service } from '../support/service.js'

/** Longer than the memory of the WebAssembly: a copy would trap, and end all pending calls. */
const LONG = 'x'.repeat(400_000_000)

const byte = new Uint8Array(1)
const tagged = { [Symbol.toStringTag]: LONG }

/** Calls that reject with `invalid-input`. */
const REFUSED = {
  'a filename': (options) => pin(byte, { ...options, filename: LONG }),
  'a filename of 1025 characters': (options) =>
    pin(byte, { ...options, filename: LONG.slice(0, 1025) }),
  'a token': (options) => pin(byte, { ...options, token: LONG }),
  'a token returned by a function': (options) => pin(byte, { ...options, token: () => LONG }),
  'an endpoint': (options) => pin(byte, { ...options, endpoint: `http://127.0.0.1/${LONG}` }),
  'the option verify': (options) => pin(byte, { ...options, verify: LONG }),
  'the name of an option': (options) => pin(byte, { ...options, [LONG]: 1 }),
  'a source': (options) => pin(LONG, options),
  'a URL': (options) => pin(`https://example.org/${LONG}`, options),
  'the tag of a source': (options) => pin(tagged, options),
  'a CID': () => download(LONG),
  'a CID to verify': () => verify(byte, LONG),
  'a profile': () => cidOf(byte, { profile: LONG }),
  'the filename of a source of a batch': async (options) =>
    (await pinAll([{ source: byte, filename: LONG }], options)).map(({ reason }) => {
      throw reason
    }),
}

suite('rejects a string that is too long, and other calls go on:', { timeout: 120_000 }, () => {
  for (const [name, call] of Object.entries(REFUSED))
    test(name, async (t) => {
      const { options, posts } = await service(t)
      const other = pin(new Uint8Array(2), { ...options, verify: false })
      const error = await failure(call(options))
      assert.equal(error.code, 'invalid-input')
      assert.ok(error.message.length < 1000)
      assert.equal((await other).cid, RECEIPT.cid)
      assert.equal(posts.length, 1)
    })
})

test('sends the last 1024 characters of the name of a File', async (t) => {
  const { options, posts } = await service(t)
  const name = `${LONG.slice(0, 10_000_000)}.pdf`
  await pin(new File([byte], name), { ...options, verify: false })
  const [, sent] = /filename="([^"]*)"/.exec(posts[0].body.toString('latin1'))
  assert.equal(sent, name.slice(-1024))
})

test('shortens a long error message of fetch', async (t) => {
  const { fetch } = globalThis
  t.after(() => (globalThis.fetch = fetch))
  globalThis.fetch = async () => {
    throw new TypeError(LONG)
  }
  const error = await failure(pin(byte, { token: 'token-1234' }))
  assert.equal(error.code, 'network')
  assert.ok(error.message.length < 100_000)
})
