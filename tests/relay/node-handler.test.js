import assert from 'node:assert/strict'
import express from 'express'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { constants } from 'node:http2'
import { connect } from 'node:net'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { createRelay, toNodeHandler } from '../../pkg/relay/index.js'
import { LARGE, RECEIPT, json } from '../support/faults/answers.js'
import { failure } from '../support/failure.js'
import { FORM, form } from './client.js'
import { servers } from './servers.js'
import { startUpstream } from './upstream.js'

const BODY = form(Buffer.from('hello world'))
const PAGE = 'https://app.example'
const token = 'Capture-Token.4f1c9a7be2d05836'
const authorize = () => true

/** The servers with TLS. */
const SECURE = ['node:https', 'node:http2', 'node:http2 for a client of HTTP/1.1']

for (const [name, start] of Object.entries(servers))
  suite(`the handler in ${name}`, { timeout: 120_000 }, () => {
    async function started(t, options) {
      const upstream = await startUpstream(t)
      const { endpoint } = upstream
      const seen = []
      const relay = createRelay({ token, endpoint, authorize, ...options })
      const begin = await start(t, (request) => {
        seen.push(request)
        return relay(request)
      })
      const post = (headers, path = '/api/pin') => begin('POST', path, headers)
      return { upstream, begin, post, seen }
    }

    test('forwards an order', async (t) => {
      const { upstream, post, seen } = await started(t)
      const outgoing = post({ ...FORM, cookie: 'session=1' }, '/api/pin?a=b')
      outgoing.end(BODY)
      const { status, headers, text } = await outgoing.response
      assert.deepEqual([status, await text()], [200, JSON.stringify(RECEIPT)])
      assert.equal(headers['content-type'], 'application/json')
      assert.equal(headers['x-content-type-options'], 'nosniff')
      const [{ url, headers: given }] = seen
      const { protocol, host, pathname, search } = new URL(url)
      assert.equal(protocol, SECURE.includes(name) ? 'https:' : 'http:')
      assert.equal(host, given.get('Host'))
      assert.equal(pathname + search, '/api/pin?a=b')
      assert.equal(given.get('Cookie'), 'session=1')
      const [{ request, body }] = upstream.posts
      assert.equal(request.headers.authorization, `token ${token}`)
      assert.deepEqual(body, BODY)
    })

    test('forwards an order by URL', async (t) => {
      const { upstream, post } = await started(t)
      const outgoing = post({ 'Content-Type': 'application/json' })
      outgoing.end('{"fileURL":"https://example.org/"}')
      assert.equal((await outgoing.response).status, 200)
      assert.equal(`${upstream.posts[0].body}`, '{"fileURL":"https://example.org/"}')
    })

    test('forwards 25 MB unchanged', async (t) => {
      const { upstream, post } = await started(t)
      const body = form(LARGE.bytes())
      const outgoing = post({ ...FORM, 'Content-Length': body.length })
      outgoing.end(body)
      assert.equal((await outgoing.response).status, 200)
      assert.equal(upstream.posts[0].body.compare(body), 0)
    })

    test('responds to a preflight request', async (t) => {
      const { begin } = await started(t, { allowOrigin: PAGE })
      const outgoing = begin('OPTIONS', '/api/pin', { Origin: PAGE })
      outgoing.end()
      const { status, headers } = await outgoing.response
      assert.equal(status, 204)
      assert.equal(headers['access-control-allow-origin'], PAGE)
    })

    test('forwards the beginning of an order before the client has sent the rest', async (t) => {
      const { upstream, post } = await started(t)
      const begun = new Promise((resolve) => {
        upstream.serve = (exchange) => {
          exchange.request.once('data', resolve)
          return json(RECEIPT)(exchange)
        }
      })
      const outgoing = post(FORM)
      outgoing.write(BODY.subarray(0, 20))
      await begun
      outgoing.end(BODY.subarray(20))
      assert.equal((await outgoing.response).status, 200)
      assert.deepEqual(upstream.posts[0].body, BODY)
    })

    test('responds while the client is still sending', async (t) => {
      const { post } = await started(t, { authorize: () => false })
      const outgoing = post(FORM)
      outgoing.write(BODY)
      const { status, text } = await outgoing.response
      assert.deepEqual([status, await text()], [403, '{"error":"Not authorized"}'])
      outgoing.end(LARGE.bytes())
    })

    test('responds if `authorize` reads a part of the body and cancels the rest', async (t) => {
      async function authorize({ body }) {
        const reader = body.getReader()
        await reader.read()
        await reader.cancel()
      }
      const { post } = await started(t, { authorize })
      const outgoing = post(FORM)
      outgoing.write(BODY)
      assert.equal((await outgoing.response).status, 403)
    })

    test('forwards a response while the client is still sending', async (t) => {
      const { upstream, post } = await started(t)
      upstream.serve = ({ response }) => response.writeHead(401).end('No such token')
      const outgoing = post(FORM)
      outgoing.write(BODY)
      const { status, text } = await outgoing.response
      assert.deepEqual([status, await text()], [401, 'No such token'])
      // The rest is read and discarded, or HTTP/2 stops the client.
      outgoing.end(LARGE.bytes())
      if (!outgoing.writableFinished)
        await Promise.race([once(outgoing, 'finish'), once(outgoing, 'close')])
    })

    for (const [when, length] of [
      ['while it sends', { 'Content-Length': 100_000 }],
      ['while it sends without a length', {}],
      ['while it waits for the response', { 'Content-Length': BODY.length }],
    ])
      test(`aborts an order whose client disconnects ${when}`, async (t) => {
        const { upstream, post, seen } = await started(t)
        upstream.serve = ({ request }) => request.resume()
        const next = upstream.next()
        const outgoing = post({ ...FORM, ...length })
        outgoing.write(BODY)
        const { closed } = await next
        outgoing.destroy()
        await closed
        assert.equal(seen[0].signal.aborted, true)
      })
  })

suite('the handler', () => {
  test('survives a client of HTTP/2 that resets a request before its body is read', async (t) => {
    let authorized
    const upstream = await startUpstream(t)
    const { endpoint } = upstream
    const left = new Promise((resolve) => {
      authorized = ({ signal }) => {
        signal.addEventListener('abort', resolve)
        return left.then(() => false)
      }
    })
    const relay = createRelay({ token, endpoint, authorize: (request) => authorized(request) })
    const begin = await servers['node:http2 without TLS'](t, relay)
    const outgoing = begin('POST', '/api/pin', FORM)
    outgoing.on('ready', () => outgoing.close(constants.NGHTTP2_INTERNAL_ERROR))
    await left
    authorized = authorize
    const next = begin('POST', '/api/pin', FORM)
    next.end(BODY)
    assert.equal((await next.response).status, 200)
  })

  test('reports that an earlier parser has read the body', async (t) => {
    const upstream = await startUpstream(t)
    const relay = createRelay({ token, endpoint: upstream.endpoint, authorize })
    const app = express().use(express.json()).all('/api/pin', toNodeHandler(relay))
    const endpoint = await serve(t, app)
    const error = await failure(pin('https://example.org/', { token: 'session', endpoint }))
    assert.deepEqual([error.status, error.code, error.outcome], [400, 'bad-request', 'refused'])
    assert.match(
      error.detail,
      /The body ended after 0 of \d+ bytes: something before the relay read or cut it/,
    )
  })

  test('does nothing if an earlier handler has already responded', async (t) => {
    const upstream = await startUpstream(t)
    const relay = createRelay({ token, endpoint: upstream.endpoint, authorize })
    const app = express()
    app.use((request, response, next) => (response.sendStatus(503), next()))
    const endpoint = await serve(t, app.all('/api/pin', toNodeHandler(relay)))
    const response = await fetch(endpoint, { method: 'POST', headers: FORM, body: BODY })
    assert.equal(response.status, 503)
  })

  test('refuses an invalid request with JSON', async (t) => {
    const endpoint = await serve(t, toNodeHandler(createRelay({ token })))
    const socket = connect(new URL(endpoint).port, '127.0.0.1')
    socket.end('POST /api/pin HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n')
    const response = Buffer.concat(await socket.toArray()).toString()
    assert.match(response, /^HTTP\/1\.1 400 [^]*nosniff[^]*\{"error":"[^]+"\}/i)
  })

  test('passes on `//name/` as a path', async (t) => {
    const urls = []
    const endpoint = await serve(
      t,
      toNodeHandler(async ({ url }) => {
        urls.push(url)
        return new Response()
      }),
    )
    const { origin } = new URL(endpoint)
    await fetch(`${origin}//evil.example/`)
    assert.deepEqual(urls, [`${origin}//evil.example/`])
  })
})

/** Serves a handler, and resolves to the URL of its relay. */
async function serve(t, handler) {
  const server = createServer(handler)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${server.address().port}/api/pin`
}
