import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createRelay } from '../../pkg/relay/index.js'
import { answer } from '../support/faults/answers.js'
import { FORM, form } from './client.js'
import { startUpstream } from './upstream.js'

const TOKEN = 'Ab+c/9==.x~Z'
const CAPITAL = encodeURIComponent(TOKEN)
const SMALL = CAPITAL.replaceAll(/%../g, (code) => code.toLowerCase())
const ALL = [...TOKEN].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('')
const ESCAPED = [...TOKEN].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join('')

/** Bodies, and what the page receives. */
const BODIES = [
  ['unchanged', `{"error":"no: ${TOKEN}"}`, '{"error":"no: [token]"}'],
  ['with \\u003d and \\u002b', `["Ab\\u002bc/9\\u003D\\u003d.x~Z"]`, '["[token]"]'],
  ['with escaped slashes', `["Ab+c\\/9==.x~Z"]`, '["[token]"]'],
  ['with every character escaped', `["${ESCAPED}"]`, '["[token]"]'],
  ['in a key', `{"a":[{"x ${ESCAPED}":1}]}`, '{"a":[{"x [token]":1}]}'],
  ['as a string on the top level', `"${TOKEN}"`, '"[token]"'],
  ['twice', `["${TOKEN}${TOKEN}"]`, '["[token][token]"]'],
  ['after an escaped quote', `["\\"${TOKEN}\\"","b"]`, '["\\"[token]\\"","b"]'],
  ['percent-encoded', `["?t=${CAPITAL}"]`, '["?t=[token]"]'],
  ['percent-encoded in small letters', `["?t=${SMALL}"]`, '["?t=[token]"]'],
  ['percent-encoded throughout', `["?t=${ALL}"]`, '["?t=[token]"]'],
  ['percent-encoded in part', `["?t=Ab%2Bc/9==.x~Z"]`, '["?t=[token]"]'],
  ['percent-encoded twice', `["${encodeURIComponent(CAPITAL)}"]`, '["[token]"]'],
  ['percent-encoded and escaped', `["${CAPITAL.replaceAll('%', '\\u0025')}"]`, '["[token]"]'],
  [
    'in JSON that is nested in a string',
    JSON.stringify({ detail: `{"t":"${ESCAPED}","u":"Ab+c\\/9==.x~Z"}` }),
    JSON.stringify({ detail: '{"t":"[token]","u":"[token]"}' }),
  ],
  ['in JSON between spaces', ` [ "${TOKEN}" ] `, ' [ "[token]" ] '],
  ['in a text', `No: ${TOKEN}\n`, 'No: [token]\n'],
  ['in an error page', `<a href="?${CAPITAL}">${TOKEN}</a>`, '<a href="?[token]">[token]</a>'],
  ['in JSON that is cut', `{"error":"${ESCAPED}`, '{"error":"[token]'],
]

/** Tokens with fewer than 8 characters, and whether they are redacted. */
const SHORT = [
  ['abc123', true],
  ['a=1', true],
  ['k-k', true],
  ['error', false],
  ['Token', false],
  ['1', false],
  ['-', false],
]

/** Pins through a relay, and resolves to the response for the page. */
async function relayed(endpoint, token) {
  const relay = createRelay({ token, endpoint, authorize: () => true })
  const body = form(Buffer.from('hello world'))
  const response = await relay(
    new Request('http://relay.example/', { method: 'POST', headers: FORM, body }),
  )
  const { headers } = response
  assert.equal(headers.get('X-Content-Type-Options'), 'nosniff')
  return { headers, text: await response.text() }
}

suite('a relay redacts the token', async () => {
  for (const [name, body, expected] of BODIES)
    test(name, async (t) => {
      const upstream = await startUpstream(t)
      upstream.serve = answer(401, body)
      assert.equal((await relayed(upstream.endpoint, TOKEN)).text, expected)
    })

  for (const [token, isRedacted] of SHORT)
    test(`${token}: ${isRedacted ? 'yes' : 'no, it can be an ordinary word'}`, async (t) => {
      const upstream = await startUpstream(t)
      upstream.serve = answer(401, JSON.stringify({ error: `No ${token}` }))
      const { text } = await relayed(upstream.endpoint, token)
      assert.equal(JSON.parse(text).error, isRedacted ? 'No [token]' : `No ${token}`)
    })

  test('in headers, by dropping them', async (t) => {
    const upstream = await startUpstream(t)
    const headers = {
      'Content-Type': `application/json; t="${TOKEN}"`,
      'Retry-After': CAPITAL,
      'X-Token': TOKEN,
    }
    upstream.serve = answer(429, '{}', headers)
    const { headers: passed } = await relayed(upstream.endpoint, TOKEN)
    assert.deepEqual(
      [...passed].map(([name]) => name),
      ['content-type', 'vary', 'x-content-type-options'],
    )
    assert.equal(passed.get('Content-Type'), 'application/json')
  })

  test('in a text that has many backslashes and percent signs, in linear time', async (t) => {
    const upstream = await startUpstream(t)
    const body = '\\'.repeat(300_000) + '%25'.repeat(100_000) + '%' + '25'.repeat(100_000)
    upstream.serve = answer(500, body)
    assert.equal((await relayed(upstream.endpoint, TOKEN)).text, body)
  })
})
