import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { RECEIPT } from '../support/service.js'

const TOKEN = 'Ab3+/=x&y.Z-1_~'

/** Pins with a `fetch` that resolves to this response. */
function pinTo(t, { status = 200, headers = {}, body }, options = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  t.mock.method(globalThis, 'fetch', async () => new Response(text, { status, headers }))
  const endpoint = 'https://api.example/pin'
  return pin(new Uint8Array(1), { token: TOKEN, endpoint, verify: false, retries: 0, ...options })
}

/** All that a caller could print. */
const shown = (value) =>
  [JSON.stringify(value), value.message, JSON.stringify(value.receipt), value.detail].join('\n')

/** A token, as different encoders write it into a response. */
const spellingsOf = (token) => ({
  unchanged: token,
  'as PHP writes JSON': token.replaceAll('/', '\\/'),
  'as Python and Gson write JSON for HTML': token.replace(/[=+&/]/g, unicode),
  'with upper-case escapes of JSON': token.replace(/[^a-z]/g, (c) =>
    unicode(c).toUpperCase().replace('\\U', '\\u'),
  ),
  'with every character escaped in JSON': token.replace(/./g, unicode),
  'encoded for a URL': encodeURIComponent(token),
  'encoded for a form': String(new URLSearchParams({ t: token })).slice(2),
  'with HTML entities': token.replaceAll('&', '&amp;'),
  'with decimal HTML entities': token.replace(/[^a-z]/gi, (c) => `&#${c.charCodeAt(0)};`),
  'with hexadecimal HTML entities': token.replace(
    /[^a-z]/gi,
    (c) => `&#x${c.charCodeAt(0).toString(16)};`,
  ),
})

const SPELLINGS = spellingsOf(TOKEN)

function unicode(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Whether a text has the token in any spelling. */
function leaks(text) {
  return Object.values(SPELLINGS).some((spelling) => text.includes(spelling))
}

suite('the token is redacted', () => {
  test('if it is long', async (t) => {
    const token = TOKEN.repeat(1000)
    for (const spelling of Object.values(spellingsOf(token))) {
      const body = `{"cid":"${RECEIPT.cid}","echo":"${spelling} and ${spelling}"}`
      const { echo } = await pinTo(t, { body }, { token })
      assert.equal(echo, '[token] and [token]')
      const error = await failure(pinTo(t, { status: 401, body: `<p>${spelling}</p>` }, { token }))
      assert.equal(error.detail, '<p>[token]</p>')
    }
    const thrown = () => Promise.reject(new Error(token))
    const { message } = await failure(pinTo(t, {}, { token, fetch: thrown }))
    assert.ok(message.endsWith('[token]'), message)
  })

  for (const [name, spelling] of Object.entries(SPELLINGS)) {
    const json = spelling.includes('"') ? spelling : `"${spelling}"`

    test(`in a receipt, ${name}`, async (t) => {
      const body = `{"cid":"${RECEIPT.cid}","echo":${json},"deep":[{"a":${json}}],${json}:1}`
      const receipt = await pinTo(t, { body })
      assert.equal(receipt.cid, RECEIPT.cid)
      assert.ok(!leaks(shown(receipt)), shown(receipt))
      assert.equal(receipt.echo, '[token]')
      assert.equal(receipt['[token]'], 1)
    })

    test(`in the receipt of an error, ${name}`, async (t) => {
      const body = `{"cid":"${RECEIPT.cid}","fileURL":7,"echo":${json}}`
      const error = await failure(pinTo(t, { body }))
      assert.equal(error.receipt.echo, '[token]')
      assert.ok(!leaks(shown(error)), shown(error))
    })

    test(`in an error, ${name}`, async (t) => {
      for (const body of [
        `{"error":${json}}`,
        `no: ${spelling} is wrong`,
        `<p>${spelling}</p>`,
        `{"cut":${json}`,
      ]) {
        const error = await failure(pinTo(t, { status: 401, body }))
        assert.equal(error.code, 'unauthorized')
        assert.ok(!leaks(shown(error)), shown(error))
      }
    })
  }

  test('in the target of a redirect', async (t) => {
    const headers = { Location: `https://other.example/?t=${encodeURIComponent(TOKEN)}` }
    const error = await failure(pinTo(t, { status: 307, headers, body: '' }))
    assert.ok(error.message.includes('other.example'))
    assert.ok(!leaks(shown(error)), shown(error))
  })

  test('if an excerpt ends within it', async (t) => {
    for (let length = 280; length < 320; length++) {
      const body = 'x'.repeat(length) + TOKEN
      const { detail } = await failure(pinTo(t, { status: 500, body }))
      assert.ok(!detail.includes(TOKEN.slice(0, 4)), detail)
    }
  })

  for (const token of ['a1b2', 'tok-en', '1234567a', 'abcdefghijklmnop'])
    test(`if it is short: ${token}`, async (t) => {
      const receipt = await pinTo(t, { body: { ...RECEIPT, echo: `x${token}x` } }, { token })
      assert.equal(receipt.echo, 'x[token]x')
    })

  for (const token of ['file', 'demo', 'x1', '2024'])
    test(`unless it could be an ordinary word: ${token}`, async (t) => {
      const receipt = await pinTo(t, { body: { ...RECEIPT, echo: `the ${token}` } }, { token })
      assert.equal(receipt.echo, `the ${token}`)
    })
})

test('truncates a receipt that is nested too deeply, so that it can be serialized', async (t) => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const receipt = await pinTo(t, { body: `{"cid":"${RECEIPT.cid}","orderID":"7","x":${deep}}` })
  assert.deepEqual([receipt.cid, receipt.orderID], [RECEIPT.cid, '7'])
  assert.ok(JSON.stringify(receipt).length < 1000)
  assert.ok(structuredClone(receipt))
})

test('a date in `Retry-After` is relative to the `Date` of the response', async (t) => {
  const at = (ms) => new Date(ms).toUTCString()
  for (const offset of [-3_600_000, 0, 3_600_000]) {
    const now = Date.now() + offset
    const headers = { 'Retry-After': at(now + 30_000), Date: at(now) }
    const error = await failure(pinTo(t, { status: 429, headers, body: '' }))
    assert.equal(error.retryAfter, 30)
  }
})

/** The error types of the backend of Numbers, from its app Capture. */
const TYPES = {
  insufficient_fund: 'insufficient-funds',
  asset_commit_insufficient_fund: 'insufficient-funds',
  unpaid_num_exceed_threshold: 'insufficient-funds',
  throttled: 'rate-limited',
  duplicate_asset_not_allowed: 'bad-request',
  order_expired: 'bad-request',
  unable_to_confirm_order: 'bad-request',
  validation_error: 'bad-request',
  authentication_failed: 'unauthorized',
  untrusted_client: 'forbidden',
}

suite('the error of the backend', () => {
  for (const [type, code] of Object.entries(TYPES))
    for (const status of [200, 400, 403, 404, 422, 500, 502])
      test(`${type} with status ${status} is ${code}`, async (t) => {
        const body = { error: { type, details: 'It needs more NUM: 1.5' } }
        const error = await failure(pinTo(t, { status, body }))
        assert.deepEqual([error.code, error.outcome, error.status], [code, 'refused', status])
        assert.ok(error.message.includes('It needs more NUM: 1.5'))
      })

  test('of an unknown type is classified by the status', async (t) => {
    const body = { error: { type: 'external_api_error', details: '' } }
    for (const [status, code, outcome] of [
      [500, 'server', 'unknown'],
      [400, 'bad-request', 'refused'],
      [200, 'bad-response', 'unknown'],
    ]) {
      const error = await failure(pinTo(t, { status, body }))
      assert.deepEqual([error.code, error.outcome], [code, outcome])
    }
  })
})
