import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { LARGE, RECEIPT, json } from '../support/faults/answers.js'
import { FORM, send, begin, form, responseOf } from './client.js'
import { runtimes, startRelays } from './runtimes.js'
import { OWN, PAGES, TOKEN } from './programs/relays.js'
import { startUpstream } from './upstream.js'

const MIB = 1_048_576
const BODY = form(Buffer.from('hello world'))

/** Writes a part of a body and waits until it is flushed. */
const write = (outgoing, bytes) => new Promise((flushed) => outgoing.write(bytes, flushed))

for (const runtime of Object.keys(runtimes))
  test(`a relay in ${runtime}`, { timeout: 240_000 }, async (t) => {
    const upstream = await startUpstream(t)
    const { url, peak } = await startRelays(t, runtime, upstream.endpoint)
    const { posts } = upstream
    t.beforeEach(() => {
      posts.length = 0
      upstream.serve = json(RECEIPT)
    })

    await t.test('forwards the body, its type and the token, and nothing else', async () => {
      const headers = {
        ...FORM,
        Authorization: 'token of-the-page',
        Cookie: 'session=1',
        Forwarded: 'for=192.0.2.1',
        'X-Forwarded-Host': 'evil.example',
        'Proxy-Authorization': 'Basic x',
        'X-Api-Key': 'x',
        Connection: 'x-api-key',
        Origin: PAGES[0],
        Referer: PAGES[0],
      }
      const { status } = await send(`${url}/all`, { headers, body: BODY })
      assert.equal(status, 200)
      const [{ request, body }] = posts
      assert.equal(request.method, 'POST')
      assert.ok(`http://${request.headers.host}${request.url}` === upstream.endpoint)
      assert.deepEqual(body, BODY)
      assert.equal(request.headers.authorization, `token ${TOKEN}`)
      assert.equal(request.headers['content-type'], FORM['Content-Type'])
      const passed = JSON.stringify(request.rawHeaders)
      for (const text of [
        'of-the-page',
        'session',
        '192.0.2.1',
        'evil',
        'app.example',
        'x-api-key',
      ])
        assert.ok(!passed.includes(text), `${text} is in ${passed}`)
    })

    await t.test('forwards an order by URL', async () => {
      const order = JSON.stringify({ fileURL: 'https://example.org/photo.jpg', pin: false })
      const headers = { 'Content-Type': 'application/json; charset=utf-8' }
      const { status, text } = await send(`${url}/all`, { headers, body: order })
      assert.deepEqual([status, text], [200, JSON.stringify(RECEIPT)])
      assert.equal(String(posts[0].body), order)
    })

    await t.test('forwards Content-Length', async () => {
      await send(`${url}/all`, { headers: { ...FORM, 'Content-Length': BODY.length }, body: BODY })
      const { headers } = posts[0].request
      // Deno cannot set it.
      const expected = runtime === 'Deno' ? undefined : `${BODY.length}`
      assert.equal(headers['content-length'], expected)
    })

    for (const [who, relay, headers] of [
      ['a page of its own origin on loopback', 'own', { Origin: url }],
      [
        'a page of its own origin on localhost',
        'own',
        { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost:3000' },
      ],
      [
        'a page of its own origin on a subdomain of localhost',
        'own',
        { Host: 'app.localhost', Origin: 'http://app.localhost' },
      ],
      ['a page of its own origin that is listed', 'named', { Origin: OWN }],
      [
        'an authorized page of its own origin',
        'members',
        { 'Sec-Fetch-Site': 'same-origin', Origin: OWN, Authorization: 'token session' },
      ],
      ['a listed page', 'listed', { 'Sec-Fetch-Site': 'cross-site', Origin: PAGES[0] }],
      ['an authorized request', 'members', { Authorization: 'token session' }],
    ])
      await t.test(`serves ${who}`, async () => {
        const { status } = await send(`${url}/${relay}`, {
          headers: { ...FORM, ...headers },
          body: BODY,
        })
        assert.equal(status, 200)
        assert.equal(posts.length, 1)
      })

    await t.test('responds to preflight requests of listed pages only', async () => {
      const preflight = (Origin) => {
        const headers = { Origin, 'Access-Control-Request-Method': 'POST' }
        return send(`${url}/listed`, { method: 'OPTIONS', headers })
      }
      for (const page of PAGES) {
        const { status, headers } = await preflight(page)
        assert.equal(status, 204)
        assert.equal(headers['access-control-allow-origin'], page)
        assert.equal(headers['access-control-allow-methods'], 'POST')
        assert.match(headers['access-control-allow-headers'], /Authorization.*Content-Type/)
        assert.equal(headers['access-control-allow-credentials'], undefined)
      }
      const { status, headers } = await preflight('https://evil.example')
      assert.equal(status, 403)
      assert.equal(headers['access-control-allow-origin'], undefined)
      assert.equal(posts.length, 0)
    })

    await t.test('allows the headers that a page asks for, and forwards none of them', async () => {
      const asked = 'authorization,baggage,content-type,sentry-trace'
      const preflight = {
        Origin: PAGES[0],
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': asked,
      }
      const { headers } = await send(`${url}/listed`, { method: 'OPTIONS', headers: preflight })
      assert.equal(headers['access-control-allow-headers'], asked)
      const traced = { ...FORM, Origin: PAGES[0], baggage: 'a=b', 'sentry-trace': 'c' }
      await send(`${url}/listed`, { headers: traced, body: BODY })
      assert.equal(posts.length, 1)
      assert.doesNotMatch(JSON.stringify(posts[0].request.rawHeaders), /baggage|sentry/i)
    })

    await t.test('forwards a form with a URL, and one with other fields', async () => {
      const fields = ['fileURL', 'pin', 'filename'].map(
        (name) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n`,
      )
      const body = Buffer.concat([Buffer.from(fields.join('')), BODY])
      const { status } = await send(`${url}/all`, { headers: FORM, body })
      assert.equal(status, 200)
      assert.deepEqual(posts[0].body, body)
    })

    await t.test('streams the body', async () => {
      const size = 4 * MIB
      const outgoing = begin(`${url}/all`, { headers: { ...FORM, 'Content-Length': 2 * size } })
      const response = responseOf(outgoing)
      const next = upstream.next()
      let arrived = 0
      const half = new Promise((reach) => {
        upstream.serve = (exchange) => {
          exchange.request.on('data', ({ length }) => {
            arrived += length
            if (arrived >= size - 65_536) reach()
          })
          return json(RECEIPT)(exchange)
        }
      })
      outgoing.write(Buffer.alloc(size))
      await next
      await half
      outgoing.end(Buffer.alloc(size))
      assert.equal((await response).status, 200)
      assert.equal(arrived, 2 * size)
    })

    for (const [when, length] of [
      ['if the page aborts', {}],
      ['if the body is shorter than its Content-Length', { 'Content-Length': '100000' }],
    ])
      await t.test(`aborts an order ${when}`, async () => {
        const next = upstream.next()
        upstream.serve = ({ request }) => request.resume()
        const outgoing = begin(`${url}/all`, { headers: { ...FORM, ...length } })
        outgoing.write(BODY)
        const { request, closed } = await next
        outgoing.destroy()
        await closed
        assert.equal(request.complete, false)
      })

    await t.test('is safe against request smuggling', async () => {
      const inner = 'POST /fault/order HTTP/1.1\r\nContent-Length: 0\r\n\r\n'
      const socket = connect(new URL(url).port, '127.0.0.1')
      socket.end(
        [
          'POST /all HTTP/1.1',
          'Host: relay',
          'Connection: close',
          `Content-Type: ${FORM['Content-Type']}`,
          'Content-Length: 4',
          'Transfer-Encoding: chunked',
          '',
          `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`,
        ].join('\r\n'),
      )
      const response = Buffer.concat(await socket.toArray().catch(() => [])).toString()
      const whole = posts.filter(({ body }) => body)
      if (whole.length > 0)
        assert.deepEqual(
          whole.map(({ body }) => `${body}`),
          [inner],
        )
      else assert.match(response, /^(HTTP\/1\.1 4\d\d|$)/)
    })

    // workerd does not notice that the client has disconnected while it waits for a response.
    if (runtime !== 'workerd')
      await t.test('aborts an order that has no response yet', async () => {
        const next = upstream.next()
        upstream.serve = ({ read }) => read()
        const outgoing = begin(`${url}/all`, { headers: FORM })
        outgoing.end(BODY)
        const { closed } = await next
        outgoing.destroy()
        await closed
      })

    await t.test('forwards 25 MB unchanged', async () => {
      const body = form(LARGE.bytes())
      const { status } = await send(`${url}/all`, { headers: FORM, body })
      assert.equal(status, 200)
      assert.equal(posts[0].body.compare(body), 0)
    })

    await t.test('does not buffer the body', async (t) => {
      upstream.serve = ({ request, response }) => {
        request.resume().on('end', () => response.end('{}'))
      }
      const before = await peak()
      const outgoing = begin(`${url}/huge`, { headers: FORM })
      const response = responseOf(outgoing)
      const piece = Buffer.alloc(MIB)
      for (let sent = 0; sent < 120; sent += 1) await write(outgoing, piece)
      outgoing.end()
      assert.equal((await response).status, 200)
      const grown = (await peak()) - before
      t.diagnostic(`${Math.round(grown / MIB)} MiB more`)
      assert.ok(grown <= 90 * MIB, `${grown} bytes of 120 MiB`)
    })
  })
