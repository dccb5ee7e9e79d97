import assert from 'node:assert/strict'
import { getEventListeners, once } from 'node:events'
import { connect } from 'node:net'
import { suite, test } from 'node:test'
import { locate } from '../../pkg/index.js'
import { pinned, localGateway } from '../support/gateway.js'
import { failure } from '../support/failure.js'
import { limit } from '../support/limit.js'
import { serve } from '../support/server.js'

// "hello world", from tests/vectors, and a CID that no gateway has.
const V1 = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'
const V0 = 'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD'
const ABSENT = 'bafybeigcisqd7m5nf3qmuvjdbakl5bdnh4ocrmacaqkpuh77qjvggmt2sa'

const status = (code, headers) => (request, response) => response.writeHead(code, headers).end()

suite('locate', { timeout: 60_000 }, () => {
  test('distinguishes present and absent CIDs', async (t) => {
    const { url: gateway, endpoint } = await localGateway(t)
    for (const version of ['0', '1'])
      await pinned(endpoint, Buffer.from('hello world'), [['version', version]])
    assert.equal(await locate(V1, { gateway }), 'present')
    assert.equal(await locate(V0, { gateway }), 'present')
    assert.equal(await locate(ABSENT, { gateway }), 'absent')
  })

  for (const [code, answer] of [
    [200, 'present'],
    [204, 'present'],
    [404, 'absent'],
    [410, 'absent'],
    [400, 'unknown'],
    [401, 'unknown'],
    [403, 'unknown'],
    [405, 'unknown'],
    [429, 'unknown'],
    [500, 'unknown'],
    [502, 'unknown'],
    [504, 'unknown'],
  ]) {
    test(`status ${code} is ${answer}`, async (t) => {
      const { url: gateway } = await serve(t, status(code))
      assert.equal(await locate(V1, { gateway }), answer)
    })
  }

  test('follows a redirect', async (t) => {
    const there = await serve(t, status(200))
    const { url: gateway } = await serve(t, status(301, { Location: `${there.url}/there` }))
    assert.equal(await locate(V1, { gateway }), 'present')
    assert.equal(there.requests.length, 1)
  })

  test('a redirect loop is unknown', async (t) => {
    const { url: gateway } = await serve(t, (request, response) =>
      response.writeHead(302, { Location: request.url }).end(),
    )
    assert.equal(await locate(V1, { gateway }), 'unknown')
  })

  test('a refused or closed connection is unknown', async (t) => {
    const { url: gateway } = await serve(t, ({ socket }) => socket.destroy())
    assert.equal(await locate(V1, { gateway }), 'unknown')
    // The local end of a connection reserves a port on which no server listens.
    const holder = connect(new URL(gateway).port, '127.0.0.1')
    t.after(() => holder.destroy())
    await once(holder, 'connect')
    const unused = `http://127.0.0.1:${holder.localPort}`
    assert.equal(await locate(V1, { gateway: unused }), 'unknown')
  })

  test('a timeout is unknown, and closes the connection', async (t) => {
    const { timeout, reach } = limit(t)
    const silent = await serve(t, reach)
    assert.equal(await locate(V1, { gateway: silent.url, timeout }), 'unknown')
    await silent.hungUp
  })

  test('rejects after an abort', async (t) => {
    const controller = new AbortController()
    const { signal } = controller
    const { url: gateway } = await serve(t, () => controller.abort())
    const error = await failure(locate(V1, { gateway, signal, timeout: 0 }))
    assert.deepEqual([error.name, error.code], ['AbortError', 'aborted'])
    assert.equal(error.cause, signal.reason)
    assert.deepEqual(getEventListeners(signal, 'abort'), [])
  })

  test('sends nothing if its signal is already aborted', async (t) => {
    const { url: gateway, requests } = await serve(t, status(200))
    const error = await failure(locate(V1, { gateway, signal: AbortSignal.abort() }))
    assert.equal(error.code, 'aborted')
    assert.equal(requests.length, 0)
  })

  test('sends HEAD with the default headers of fetch', async (t) => {
    const { url: gateway, requests } = await serve(t, status(200))
    await locate(V1, { gateway })
    await fetch(gateway, { method: 'HEAD', cache: 'no-store' })
    const [ours, plain] = requests
    assert.equal(ours.method, 'HEAD')
    assert.equal(ours.url, `/ipfs/${V1}`)
    assert.deepEqual(ours.headers, plain.headers)
  })

  test('requests the canonical form of a CID', async (t) => {
    const { url: gateway, requests } = await serve(t, status(200))
    await locate(V1.toUpperCase(), { gateway })
    assert.equal(requests[0].url, `/ipfs/${V1}`)
  })

  test('sends the same request for every spelling of a gateway', async (t) => {
    const { url, requests } = await serve(t, status(200))
    const forms = ['', '/', '/ipfs', '/ipfs/'].map((end) => url + end)
    for (const gateway of [...forms, new URL(url), new URL('/ipfs/', url)])
      await locate(V1, { gateway })
    await locate(V1, { gateway: `${url}/of/a/folder/` })
    const asked = requests.map((request) => request.url)
    const last = asked.pop()
    assert.deepEqual(asked, Array(6).fill(`/ipfs/${V1}`))
    assert.equal(last, `/of/a/folder/ipfs/${V1}`)
  })

  test('other content of a gateway is not present', async (t) => {
    const { url } = await serve(t, (request, response) => {
      response.writeHead(new URL(request.url, url).pathname === '/' ? 200 : 404).end()
    })
    for (const gateway of [`${url}/?key=1`, `${url}/#start`]) {
      const [{ value }] = await Promise.allSettled([locate(V1, { gateway })])
      assert.notEqual(value, 'present', gateway)
    }
  })
})
