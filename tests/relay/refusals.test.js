import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, begin, FORM, form, said } from './client.js'
import { hosts, startRelays } from './runtimes.js'
import { PAGES, SMALL } from './programs/relays.js'
import { startUpstream } from './upstream.js'

const from = (Origin, site) => ({ Origin, ...(site && { 'Sec-Fetch-Site': site }) })

/**
 * What no relay passes on.
 *
 * @type {[name: string, relay: string, status: number, request: object][]}
 */
const REFUSED = [
  ['a page that is not listed', 'listed', 403, { headers: from('https://evil.example') }],
  [
    'a page whose name begins as a listed one',
    'listed',
    403,
    { headers: from(`${PAGES[0]}.evil`) },
  ],
  ['a listed page by http', 'listed', 403, { headers: from('http://app.example') }],
  ['a listed page at another port', 'listed', 403, { headers: from(`${PAGES[0]}:8443`) }],
  ['a page in a sandbox', 'listed', 403, { headers: from('null') }],
  ['nobody in particular, unless somebody authorizes', 'listed', 403, {}],
  ['a page of another site', 'own', 403, { headers: from('https://evil.example', 'cross-site') }],
  ['a page of the same site', 'own', 403, { headers: from('https://evil.example', 'same-site') }],
  [
    'a page whose host is in the path',
    'own',
    403,
    { path: '//evil.example/own', headers: from('http://evil.example') },
  ],
  ['who does not authorize', 'members', 403, { headers: { Authorization: 'token guess' } }],
  ['who brings the token of the service', 'members', 403, { headers: { 'X-Token': 'session' } }],
  ['what is authorized by anything but true', 'truthy', 403, {}],
  ['what is authorized by nothing', 'undecided', 403, {}],
  ['what nobody could authorize', 'throwing', 500, {}],
  ['what was read by who authorized it', 'reading', 500, {}],
  ['what was read in part by who authorized it', 'peeking', 500, {}],
  ['what is held by who authorized it', 'holding', 500, {}],
  ['anything without a token', 'tokenless', 500, {}],
  ['anything when the token cannot be had', 'losing', 500, {}],
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
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/octet-stream',
  ].map((type) => [`the type ${type}`, 'all', 415, { headers: { 'Content-Type': type } }]),
]

for (const host of Object.keys(hosts))
  test(`a relay in ${host}`, { timeout: 120_000 }, async (t) => {
    const upstream = await startUpstream(t)
    const { url } = await startRelays(t, host, upstream.endpoint)

    /** Checks that a request was refused, and that the service has not heard of it. */
    function refused({ status, headers, text }, expected, posts = 0) {
      assert.equal(status, expected)
      assert.match(headers['content-type'], /^application\/json/)
      assert.deepEqual(Object.keys(JSON.parse(text)), ['error'])
      assert.equal(headers.allow, status === 405 ? 'POST, OPTIONS' : undefined)
      assert.equal(upstream.posts.splice(0).length, posts)
    }

    for (const [name, relay, status, { headers, ...request }] of REFUSED)
      await t.test(`refuses ${name}`, async () => {
        const body = request.method ? undefined : form(Buffer.from('hello world'))
        const answer = await ask(`${url}/${relay}`, {
          ...request,
          headers: { ...FORM, ...headers },
          body,
        })
        refused(answer, status)
        assert.equal(answer.headers['access-control-allow-origin'], undefined)
      })

    await t.test('refuses a form that says that it is too large', async () => {
      const outgoing = begin(`${url}/small`, { headers: { ...FORM, 'Content-Length': '67000' } })
      const answer = said(outgoing)
      outgoing.flushHeaders()
      refused(await answer, 413)
    })

    await t.test(
      'cuts a form that does not say how large it is, where it gets too large',
      async () => {
        const next = upstream.next()
        const outgoing = begin(`${url}/small`, { headers: FORM })
        const answer = said(outgoing)
        outgoing.write(form(Buffer.alloc(SMALL)))
        await next
        const [{ request, closed }] = upstream.posts
        request.resume()
        outgoing.write(Buffer.alloc(66_000))
        refused(await answer, 413, 1)
        await closed
        assert.equal(request.complete, false)
        outgoing.destroy()
      },
    )
  })
