import assert from 'node:assert/strict'
import { test } from 'node:test'
import { send, begin, FORM, form, responseOf } from './client.js'
import { runtimes, startRelays } from './runtimes.js'
import { OWN, PAGES, SMALL } from './programs/relays.js'
import { startUpstream } from './upstream.js'

const from = (Origin, site) => ({ Origin, ...(site && { 'Sec-Fetch-Site': site }) })

/**
 * Requests that are refused.
 *
 * @type {[name: string, relay: string, status: number, request: object][]}
 */
const REFUSED = [
  ['a page that is not listed', 'listed', 403, { headers: from('https://evil.example') }],
  [
    'a page whose host starts with a listed one',
    'listed',
    403,
    { headers: from(`${PAGES[0]}.evil`) },
  ],
  ['a listed page over http', 'listed', 403, { headers: from('http://app.example') }],
  ['a listed page on another port', 'listed', 403, { headers: from(`${PAGES[0]}:8443`) }],
  ['a sandboxed page', 'listed', 403, { headers: from('null') }],
  [
    'a page of the relay’s own origin that is not listed, as DNS rebinding makes one',
    'own',
    403,
    { headers: { Host: 'own.example', ...from('http://own.example') } },
  ],
  [
    'a page of the same origin that is not listed',
    'own',
    403,
    { headers: from(OWN, 'same-origin') },
  ],
  [
    'a page whose name only begins with a loopback address',
    'own',
    403,
    { headers: { Host: '127.0.0.1.example', ...from('http://127.0.0.1.example') } },
  ],
  [
    'a page on another port of loopback',
    'own',
    403,
    { headers: { Host: 'localhost:1', ...from('http://localhost:2') } },
  ],
  ['a page without Origin', 'own', 403, { headers: { 'Sec-Fetch-Site': 'same-origin' } }],
  ['a request without an origin if there is no `authorize`', 'listed', 403, {}],
  ['a page of another site', 'own', 403, { headers: from('https://evil.example', 'cross-site') }],
  ['a page of the same site', 'own', 403, { headers: from('https://evil.example', 'same-site') }],
  [
    'a page whose host is in the path',
    'own',
    403,
    { path: '//evil.example/own', headers: from('http://evil.example') },
  ],
  ['an unauthorized request', 'members', 403, { headers: { Authorization: 'token guess' } }],
  [
    'a request with another header than Authorization',
    'members',
    403,
    { headers: { 'X-Token': 'session' } },
  ],
  ['a request if `authorize` returns a truthy value', 'truthy', 403, {}],
  ['a request if `authorize` returns nothing', 'undecided', 403, {}],
  ['a request if `authorize` throws', 'throwing', 500, {}],
  ['a body that `authorize` has read', 'reading', 500, {}],
  ['a body that `authorize` has read in part', 'peeking', 500, {}],
  ['a body that `authorize` has locked', 'holding', 500, {}],
  ['a body that `authorize` locks after it returned', 'seizing', 500, {}],
  ['a request without a token', 'tokenless', 500, {}],
  ['a request if `token` throws', 'losing', 500, {}],
  ...['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => [
    `the method ${method}`,
    'all',
    405,
    { method, headers: { 'X-HTTP-Method-Override': 'POST' } },
  ]),
  ...[
    'text/plain',
    'text/plain; multipart/form-data',
    'multipart/mixed; boundary=b',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=a; boundary=b',
    'multipart/form-data; boundary=b"',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/octet-stream',
  ].map((type) => [`the type ${type}`, 'all', 415, { headers: { 'Content-Type': type } }]),
]

/** A part of a form. */
const part = (disposition) => `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\nx\r\n`
const FILE = part('name="file"; filename="a"')
const URL_FIELD = part('name="fileURL"')

/** Bodies that are refused while they are streamed. */
const REFUSED_BODIES = [
  ['a form with two files', 'all', 400, `${FILE}${FILE}--b--\r\n`],
  [
    'a form with a second file of another name',
    'all',
    400,
    FILE + part("name=x; filename*=utf-8''a"),
  ],
  ['a form with a second field `file`', 'all', 400, FILE + part('name=file')],
  ['a form with a URL if `urls` is false', 'files', 403, URL_FIELD],
  ['a form with a URL and a file if `urls` is false', 'files', 403, FILE + URL_FIELD],
  [
    'an order by URL if `urls` is false',
    'files',
    403,
    '{"fileURL":"https://a.example/"}',
    'application/json',
  ],
  ['an empty form', 'all', 400, ''],
]

for (const runtime of Object.keys(runtimes))
  test(`a relay in ${runtime}`, { timeout: 120_000 }, async (t) => {
    const upstream = await startUpstream(t)
    const { url } = await startRelays(t, runtime, upstream.endpoint)

    /** Checks that a request was refused and not forwarded. */
    function assertRefused({ status, headers, text }, expected, posts = 0) {
      assert.equal(status, expected)
      assert.match(headers['content-type'], /^application\/json/)
      assert.deepEqual(Object.keys(JSON.parse(text)), ['error'])
      assert.equal(headers.allow, status === 405 ? 'POST, OPTIONS' : undefined)
      assert.equal(upstream.posts.splice(0).length, posts)
    }

    for (const [name, relay, status, { headers, ...request }] of REFUSED)
      await t.test(`refuses ${name}`, async () => {
        const body = request.method ? undefined : form(Buffer.from('hello world'))
        const response = await send(`${url}/${relay}`, {
          ...request,
          headers: { ...FORM, ...headers },
          body,
        })
        assertRefused(response, status)
        assert.equal(response.headers['access-control-allow-origin'], undefined)
      })

    for (const [name, relay, status, body, type = FORM['Content-Type']] of REFUSED_BODIES)
      await t.test(`refuses ${name}`, async () => {
        const { status: actual, text } = await send(`${url}/${relay}`, {
          headers: { 'Content-Type': type },
          body,
        })
        assert.equal(actual, status, text)
        const whole = upstream.posts.splice(0).filter(({ body }) => body)
        assert.deepEqual(whole, [])
      })

    await t.test('refuses a form whose Content-Length is too large', async () => {
      const outgoing = begin(`${url}/small`, { headers: { ...FORM, 'Content-Length': '67000' } })
      const response = responseOf(outgoing)
      outgoing.flushHeaders()
      assertRefused(await response, 413)
    })

    await t.test('aborts a form without Content-Length that is too large', async () => {
      const next = upstream.next()
      const outgoing = begin(`${url}/small`, { headers: FORM })
      const response = responseOf(outgoing)
      outgoing.write(form(Buffer.alloc(SMALL)))
      await next
      const [{ request, closed }] = upstream.posts
      request.resume()
      outgoing.write(Buffer.alloc(66_000))
      assertRefused(await response, 413, 1)
      await closed
      assert.equal(request.complete, false)
      outgoing.destroy()
    })
  })
