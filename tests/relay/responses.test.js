import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { RECEIPT, answer, json, sayAndClose } from '../support/faults/answers.js'
import { FORM, send, form } from './client.js'
import { runtimes, startRelays } from './runtimes.js'
import { PAGES, SLASHED, TOKEN } from './programs/relays.js'
import { startUpstream } from './upstream.js'

const TEXT = JSON.stringify(RECEIPT)
const LATER = 'Wed, 21 Oct 2026 07:28:00 GMT'
const order = { headers: FORM, body: form(Buffer.from('hello world')) }

/**
 * Responses of the service, and what the relay passes on.
 *
 * @type {[name: string, serve: Function, expected: object][]}
 */
const RESPONSES = [
  ['a receipt', json(RECEIPT), { status: 200, text: TEXT, type: 'application/json' }],
  ['an error as text', answer(401, 'No such token'), { status: 401, text: 'No such token' }],
  ['an empty response', answer(204), { status: 204, text: '' }],
  [
    'an error page as plain text',
    answer(500, '<p>é', { 'Content-Type': 'text/html' }),
    { status: 500, text: '<p>é', type: 'text/plain; charset=utf-8' },
  ],
  [
    'JSON of any type as JSON',
    answer(200, '{"cid":"<p>"}', { 'Content-Type': 'text/html' }),
    { status: 200, text: '{"cid":"<p>"}', type: 'application/json' },
  ],
  [
    'JSON with the digits that it has',
    answer(200, '{"orderID":12345678901234567890,"n":1.0}'),
    { status: 200, text: '{"orderID":12345678901234567890,"n":1.0}' },
  ],
  [
    'Retry-After in seconds',
    answer(429, 'x', { 'Retry-After': '7' }),
    { status: 429, text: 'x', later: '7' },
  ],
  [
    'Retry-After as a date',
    answer(429, 'x', { 'Retry-After': LATER }),
    { status: 429, text: 'x', later: LATER },
  ],
  [
    'a gzipped response',
    answer(200, gzipSync(TEXT), { 'Content-Encoding': 'gzip' }),
    { status: 200, text: TEXT },
  ],
  [
    'cookies and CORS headers',
    answer(200, TEXT, {
      'Set-Cookie': 'a=b',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Credentials': 'true',
      'Clear-Site-Data': '"*"',
      Server: 'x',
    }),
    { status: 200, text: TEXT },
  ],
  [
    'a response that repeats the token',
    answer(403, `You said: token ${TOKEN}, ${TOKEN}`, { 'X-Token': TOKEN }),
    { status: 403, text: 'You said: token [token], [token]' },
  ],
]

/** Invalid and interrupted responses. */
const BROKEN = [
  ...[301, 302, 303, 307, 308].map((status) => [
    `a redirect with ${status}`,
    answer(status, 'elsewhere', { Location: '/elsewhere' }),
  ]),
  ['an endless response', endless],
  ['an incomplete response', sayAndClose('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{')],
  ['a connection reset', async ({ read, socket }) => (await read(), socket.resetAndDestroy())],
  ['invalid gzip', answer(200, 'no gzip', { 'Content-Encoding': 'gzip' })],
  ['a response that is not HTTP', sayAndClose('SSH-2.0-x\r\n\r\n')],
]

async function endless({ read, response }) {
  await read()
  response.writeHead(200)
  const more = () => {
    while (response.write(' '.repeat(65_536)));
  }
  response.on('drain', more)
  more()
}

for (const runtime of Object.keys(runtimes))
  test(`a relay in ${runtime}`, { timeout: 120_000 }, async (t) => {
    const upstream = await startUpstream(t)
    const { url } = await startRelays(t, runtime, upstream.endpoint)

    for (const [name, serve, expected] of RESPONSES)
      await t.test(`passes on ${name}`, async () => {
        upstream.serve = serve
        const { status, headers, text } = await send(`${url}/all`, order)
        assert.equal(status, expected.status)
        assert.equal(text, expected.text)
        assert.equal(headers['retry-after'], expected.later)
        if (expected.type) assert.equal(headers['content-type'], expected.type)
        for (const name of [
          'location',
          'server',
          'content-encoding',
          'clear-site-data',
          'access-control-allow-origin',
          'access-control-allow-credentials',
          'x-token',
        ])
          assert.ok(!(name in headers) || (name === 'server' && headers[name] !== 'x'), name)
        assert.equal(headers['x-content-type-options'], 'nosniff')
      })

    await t.test('redacts the token in JSON that escapes its slashes', async () => {
      const json = JSON.stringify({ error: `No: ${SLASHED}` }).replaceAll('/', '\\/')
      upstream.serve = answer(403, json)
      const { text } = await send(`${url}/slashed`, order)
      assert.equal(text, '{"error":"No: [token]"}')
    })

    await t.test('responds with 504 if the endpoint is silent', async () => {
      upstream.serve = ({ read }) => read()
      const { status, text } = await send(`${url}/hasty`, order)
      assert.equal(status, 504)
      assert.match(JSON.parse(text).error, /did not respond within 300 ms/)
    })

    for (const [name, serve] of BROKEN)
      await t.test(`responds with 502 to ${name}`, async () => {
        upstream.serve = serve
        const { status, text } = await send(`${url}/all`, order)
        assert.equal(status, 502)
        assert.deepEqual(upstream.strays, [])
        assert.deepEqual(Object.keys(JSON.parse(text)), ['error'])
      })

    await t.test('lets listed pages read every response', async () => {
      for (const [serve, status] of [
        [json(RECEIPT), 200],
        [answer(429), 429],
        [sayAndClose(''), 502],
      ])
        for (const Origin of PAGES) {
          upstream.serve = serve
          const headers = { ...FORM, Origin, 'Sec-Fetch-Site': 'cross-site' }
          const response = await send(`${url}/listed`, { ...order, headers })
          assert.equal(response.status, status)
          assert.equal(response.headers['access-control-allow-origin'], Origin)
          assert.equal(response.headers['access-control-allow-credentials'], undefined)
          assert.equal(response.headers['access-control-expose-headers'], 'Retry-After')
        }
    })
  })
