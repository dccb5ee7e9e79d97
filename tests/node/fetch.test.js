import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { answer } from '../support/faults/answers.js'
import { RECEIPT, service } from '../support/service.js'
import { failure } from '../support/failure.js'

const { fetch } = globalThis
const blob = new Blob(['x'])

/** Replaces `fetch` until the test has ended, as frameworks, polyfills and tests do. */
function replace(t, other) {
  t.after(() => (globalThis.fetch = fetch))
  globalThis.fetch = other
}

const codeAndOutcome = ({ code, outcome }) => [code, outcome]

suite('a polyfilled fetch', { timeout: 60_000 }, () => {
  test('that rejects after sending: outcome unknown', async (t) => {
    const lost = () => Promise.reject(new Error('socket hang up'))
    replace(t, (...request) => Promise.any([fetch(...request).then(lost)]))
    const { options, posts } = await service(t)
    assert.deepEqual(codeAndOutcome(await failure(pin(blob, options))), ['network', 'unknown'])
    assert.equal(posts.length, 1)
  })

  test('that throws after sending: outcome unknown', async (t) => {
    const { options } = await service(t)
    let sent
    replace(t, (...request) => {
      sent = fetch(...request)
      throw new Error('of the metrics')
    })
    assert.deepEqual(codeAndOutcome(await failure(pin(blob, options))), ['network', 'unknown'])
    // The request is aborted when the call settles.
    await assert.rejects(sent)
  })

  test('that is undefined: nothing is sent', async (t) => {
    const { options } = await service(t)
    replace(t, undefined)
    assert.deepEqual(codeAndOutcome(await failure(pin(blob, options))), ['unsupported', 'not-sent'])
  })

  test('that follows redirects: bad-response with outcome unknown', async (t) => {
    const elsewhere = await service(t)
    const { options } = await service(t, answer(307, '', { Location: elsewhere.options.endpoint }))
    replace(t, (url, init) => fetch(url, { ...init, redirect: 'follow' }))
    const error = await failure(pin(new Blob([new Uint8Array(100_000)]), options))
    assert.deepEqual(codeAndOutcome(error), ['bad-response', 'unknown'])
    assert.ok(error.message.includes(elsewhere.options.endpoint))
  })

  for (const [what, body] of Object.entries({
    'without body stream': undefined,
    'with a polyfilled body stream': { pipe() {} },
  }))
    test(`that resolves to a response ${what}: the receipt is read`, async (t) => {
      replace(t, async () => ({
        ok: true,
        status: 200,
        body,
        text: async () => JSON.stringify(RECEIPT),
      }))
      const { options } = await service(t)
      assert.equal((await pin(blob, options)).cid, RECEIPT.cid)
    })

  for (const [what, response] of Object.entries({
    undefined: undefined,
    null: null,
    'a response with a BigInt as status': { status: 1n },
    'a response whose headers throw': {
      status: 200,
      get headers() {
        throw new Error('no')
      },
    },
    'a response without text()': { status: 200, json: async () => RECEIPT },
    'a response with a body of strings': new Response(
      new ReadableStream({ start: (it) => it.enqueue('{}') }),
    ),
    'a response with a body of null': new Response(
      new ReadableStream({ start: (it) => it.enqueue(null) }),
    ),
  }))
    test(`that resolves to ${what}: outcome unknown`, async (t) => {
      replace(t, async () => response)
      const { options } = await service(t)
      const { code, outcome } = await failure(pin(blob, options))
      assert.match(code, /^(network|bad-response)$/)
      assert.equal(outcome, 'unknown')
    })
})
