import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { answer } from '../support/faults/answers.js'
import { RECEIPT, service } from '../support/service.js'
import { failure } from '../support/failure.js'

const { fetch } = globalThis
const blob = new Blob(['x'])

/** Has `fetch` be another, as frameworks, polyfills and tests replace it, until the test has ended. */
function replace(t, other) {
  t.after(() => (globalThis.fetch = fetch))
  globalThis.fetch = other
}

const money = ({ code, outcome }) => [code, outcome]

suite('a polyfilled fetch', { timeout: 60_000 }, () => {
  test('that fails after the order has gone out, by several ways, leaves it unknown', async (t) => {
    const lost = () => Promise.reject(new Error('socket hang up'))
    replace(t, (...request) => Promise.any([fetch(...request).then(lost)]))
    const { options, posts } = await service(t)
    assert.deepEqual(money(await failure(pin(blob, options))), ['network', 'unknown'])
    assert.equal(posts.length, 1)
  })

  test('that throws once the order has gone out leaves it unknown', async (t) => {
    const { options } = await service(t)
    let sent
    replace(t, (...request) => {
      sent = fetch(...request)
      throw new Error('of the metrics')
    })
    assert.deepEqual(money(await failure(pin(blob, options))), ['network', 'unknown'])
    // It is cut off, as is all that a call leaves.
    await assert.rejects(sent)
  })

  test('that is not there sends nothing', async (t) => {
    const { options } = await service(t)
    replace(t, undefined)
    assert.deepEqual(money(await failure(pin(blob, options))), ['unsupported', 'not-sent'])
  })

  test('that follows redirects has no receipt', async (t) => {
    const elsewhere = await service(t)
    const { options } = await service(t, answer(307, '', { Location: elsewhere.options.endpoint }))
    replace(t, (url, init) => fetch(url, { ...init, redirect: 'follow' }))
    const error = await failure(pin(new Blob([new Uint8Array(100_000)]), options))
    assert.deepEqual(money(error), ['bad-response', 'unknown'])
    assert.ok(error.message.includes(elsewhere.options.endpoint))
  })

  for (const [what, body] of Object.entries({
    'no stream of its answer': undefined,
    'a polyfilled one': { pipe() {} },
  }))
    test(`that has ${what} gives the receipt`, async (t) => {
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
    nothing: undefined,
    null: null,
    'a status that is not a number': { status: 1n },
    'headers that cannot be read': {
      status: 200,
      get headers() {
        throw new Error('no')
      },
    },
    'no body that is a text': { status: 200, json: async () => RECEIPT },
    'a body of texts': new Response(new ReadableStream({ start: (it) => it.enqueue('{}') })),
    'a body without bytes': new Response(new ReadableStream({ start: (it) => it.enqueue(null) })),
  }))
    test(`that gives ${what} leaves the order unknown`, async (t) => {
      replace(t, async () => response)
      const { options } = await service(t)
      const { code, outcome } = await failure(pin(blob, options))
      assert.match(code, /^(network|bad-response)$/)
      assert.equal(outcome, 'unknown')
    })
})
