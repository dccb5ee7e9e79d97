import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { LARGE, RECEIPT, json } from '../support/faults/answers.js'
import { FORM, ask, begin, form, said } from './client.js'
import { hosts, startRelays } from './hosts.js'
import { PAGES, TOKEN } from './programs/relays.js'
import { startUpstream } from './upstream.js'

const MIB = 1_048_576
const BODY = form(Buffer.from('hello world'))

/** Writes a part of a body, and waits until it is on its way. */
const handOver = (outgoing, bytes) => new Promise((taken) => outgoing.write(bytes, taken))

for (const host of Object.keys(hosts))
  test(`a relay in ${host}`, { timeout: 240_000 }, async (t) => {
    const upstream = await startUpstream(t)
    const { url, peak } = await startRelays(t, host, upstream.endpoint)
    const { posts } = upstream
    t.beforeEach(() => {
      posts.length = 0
      upstream.serve = json(RECEIPT)
    })

    await t.test('passes on the body, its type and the token, and nothing else', async () => {
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
      const { status } = await ask(`${url}/all`, { headers, body: BODY })
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

    await t.test('passes on an order by URL', async () => {
      const order = JSON.stringify({ fileURL: 'https://example.org/photo.jpg', pin: false })
      const headers = { 'Content-Type': 'application/json; charset=utf-8' }
      const { status, text } = await ask(`${url}/all`, { headers, body: order })
      assert.deepEqual([status, text], [200, JSON.stringify(RECEIPT)])
      assert.equal(String(posts[0].body), order)
    })

    await t.test('tells the service how long a body is, where it was told', async () => {
      await ask(`${url}/all`, { headers: { ...FORM, 'Content-Length': BODY.length }, body: BODY })
      const { headers } = posts[0].request
      // Deno has no way to say it.
      const said = host === 'Deno' ? undefined : `${BODY.length}`
      assert.equal(headers['content-length'], said)
    })

    for (const [who, relay, headers] of [
      [
        'a page of its own',
        'own',
        { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://any.example' },
      ],
      ['a page of its own, on plain http', 'own', { Origin: url }],
      ['a page that is listed', 'listed', { 'Sec-Fetch-Site': 'cross-site', Origin: PAGES[0] }],
      ['who is authorized', 'members', { Authorization: 'token session' }],
    ])
      await t.test(`serves ${who}`, async () => {
        const { status } = await ask(`${url}/${relay}`, {
          headers: { ...FORM, ...headers },
          body: BODY,
        })
        assert.equal(status, 200)
        assert.equal(posts.length, 1)
      })

    await t.test('answers the preflights of listed pages, and no others', async () => {
      const preflight = (Origin) => {
        const headers = { Origin, 'Access-Control-Request-Method': 'POST' }
        return ask(`${url}/listed`, { method: 'OPTIONS', headers })
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

    await t.test('passes on what has come before the rest is there', async () => {
      const size = 4 * MIB
      const outgoing = begin(`${url}/all`, { headers: { ...FORM, 'Content-Length': 2 * size } })
      const answer = said(outgoing)
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
      assert.equal((await answer).status, 200)
      assert.equal(arrived, 2 * size)
    })

    for (const [what, length] of [
      ['when the page does', {}],
      ['that is shorter than it said', { 'Content-Length': '100000' }],
    ])
      await t.test(`gives an order up ${what}`, async () => {
        const next = upstream.next()
        upstream.serve = ({ request }) => request.resume()
        const outgoing = begin(`${url}/all`, { headers: { ...FORM, ...length } })
        outgoing.write(BODY)
        const { request, closed } = await next
        outgoing.destroy()
        await closed
        assert.equal(request.complete, false)
      })

    await t.test('passes on no second order in the body of one', async () => {
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
      const answer = Buffer.concat(await socket.toArray().catch(() => [])).toString()
      const whole = posts.filter(({ body }) => body)
      if (whole.length > 0)
        assert.deepEqual(
          whole.map(({ body }) => `${body}`),
          [inner],
        )
      else assert.match(answer, /^(HTTP\/1\.1 4\d\d|$)/)
    })

    // workerd by itself does not look for the client's end while it waits for an answer.
    if (host !== 'workerd')
      await t.test('gives an order up until it is answered', async () => {
        const next = upstream.next()
        upstream.serve = ({ read }) => read()
        const outgoing = begin(`${url}/all`, { headers: FORM })
        outgoing.end(BODY)
        const { closed } = await next
        outgoing.destroy()
        await closed
      })

    await t.test('passes on 25 MB as they are', async () => {
      const body = form(LARGE.bytes())
      const { status } = await ask(`${url}/all`, { headers: FORM, body })
      assert.equal(status, 200)
      assert.equal(posts[0].body.compare(body), 0)
    })

    await t.test('holds little, however much it passes on', async (t) => {
      upstream.serve = ({ request, response }) => {
        request.resume().on('end', () => response.end('{}'))
      }
      const before = await peak()
      const outgoing = begin(`${url}/huge`, { headers: FORM })
      const answer = said(outgoing)
      const piece = Buffer.alloc(MIB)
      for (let sent = 0; sent < 120; sent += 1) await handOver(outgoing, piece)
      outgoing.end()
      assert.equal((await answer).status, 200)
      const grown = (await peak()) - before
      t.diagnostic(`${Math.round(grown / MIB)} MiB more`)
      assert.ok(grown <= 90 * MIB, `${grown} bytes of 120 MiB`)
    })
  })
