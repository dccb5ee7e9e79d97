import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import test from 'node:test'
import { fetchSource } from '../../www/gateway/source.js'
import { postJson } from './post-json.js'
import { localGateway } from '../support/gateway.js'

const HELLO_V0 = 'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD'
const HELLO_V1 = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'

/** Starts a web server, and resolves to its URL. */
async function source(t, listener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${server.address().port}`
}

test('the file at a fileURL is pinned', async (t) => {
  const { url, endpoint, orders } = await localGateway(t)
  const from = await source(t, (request, response) => response.end('hello world'))
  const fileURL = `${from}/folder/hello.txt?x=1`
  const first = await (await postJson(endpoint, { fileURL, pin: true })).json()
  assert.equal(first.cid, HELLO_V1)
  assert.equal(first.fileURL, `${url}/ipfs/${HELLO_V1}`)
  assert.equal(first.fileSize, 11)
  assert.equal(orders[0].filename, 'hello.txt')
  const second = await (await postJson(endpoint, { fileURL, pin: false, version: 0 })).json()
  assert.equal(second.cid, HELLO_V0)
  assert.equal(second.cid_version, 0)
})

test('a fileURL that cannot be fetched is a bad request', async (t) => {
  const { endpoint, orders } = await localGateway(t)
  const from = await source(t, (request, response) => {
    if (request.url === '/cut') return response.write('part', () => response.destroy())
    response.writeHead(request.url === '/moved' ? 302 : 404, { Location: 'ftp://127.0.0.1/' }).end()
  })
  for (const fileURL of [
    `${from}/missing`,
    `${from}/cut`,
    `${from}/moved`,
    'http://127.0.0.1:1/',
  ]) {
    const response = await postJson(endpoint, { fileURL })
    assert.equal(response.status, 400, fileURL)
    assert.match((await response.json()).message, /could not be fetched/)
  }
  assert.deepEqual(orders, [])
})

test('a fileURL with an endless body is rejected at the maximum size', async (t) => {
  const { endpoint, orders } = await localGateway(t)
  const chunk = Buffer.alloc(1_000_000)
  const from = await source(t, (request, response) => {
    const more = () => response.destroyed || response.write(chunk, more)
    more()
  })
  assert.equal((await postJson(endpoint, { fileURL: from })).status, 413)
  assert.deepEqual(orders, [])
})

test('a fileURL that does not respond is rejected', async (t) => {
  const patience = new AbortController()
  const from = await source(t, () => patience.abort(new Error('enough')))
  await assert.rejects(fetchSource(from, patience.signal), { status: 400, message: /enough/ })
})

test('no fileURL is fetched for a page of another machine', async (t) => {
  const { endpoint, orders } = await localGateway(t)
  let visits = 0
  const fileURL = await source(t, (request, response) => {
    visits += 1
    response.end('secret of this machine')
  })
  for (const origin of [
    'https://example.com',
    'http://127.0.0.1.example.com',
    'http://example-localhost',
    'http://localhost.example.com:80',
    'http://192.0.2.2:8080',
    'null',
  ]) {
    const response = await postJson(endpoint, { fileURL }, { Origin: origin })
    assert.equal(response.status, 403, origin)
  }
  assert.equal(visits, 0)
  for (const origin of ['http://127.0.0.1:5173', 'http://localhost:3000', 'http://[::1]:80']) {
    const response = await postJson(endpoint, { fileURL }, { Origin: origin })
    assert.equal(response.status, 200, origin)
  }
  assert.equal(orders.length, 3)
})
