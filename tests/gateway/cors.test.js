import assert from 'node:assert/strict'
import test from 'node:test'
import { pinned, localGateway } from '../support/gateway.js'

function preflight(url, method, headers) {
  return fetch(url, {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://example.com',
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': headers,
    },
  })
}

test('responds to a preflight of the endpoint like the API', async (t) => {
  const { endpoint } = await localGateway(t)
  const response = await preflight(endpoint, 'POST', 'authorization,content-type')
  assert.equal(response.status, 204)
  const header = (name) => response.headers.get(`Access-Control-Allow-${name}`)
  assert.equal(header('Origin'), '*')
  assert.equal(header('Methods'), 'GET,HEAD,PUT,PATCH,POST,DELETE')
  assert.equal(header('Headers'), 'authorization,content-type')
})

test('a preflight of content allows the headers of a gateway, but not Authorization', async (t) => {
  const { url } = await localGateway(t)
  const response = await preflight(`${url}/ipfs/bafkqaaa`, 'GET', 'authorization,range')
  assert.equal(response.status, 204)
  const header = (name) => response.headers.get(`Access-Control-Allow-${name}`)
  assert.equal(header('Origin'), '*')
  assert.equal(header('Methods'), 'GET,HEAD,OPTIONS')
  assert.equal(header('Headers'), 'Content-Type,User-Agent,Range,X-Requested-With')
})

test('every response can be read from any origin', async (t) => {
  const { url, endpoint } = await localGateway(t)
  const { fileURL } = await pinned(endpoint, Buffer.from('hello world'))
  const paths = [fileURL, endpoint, `${url}/missing`, `${url}/%zz`, `${url}/ipfs/`, `${url}/ipfs/x`]
  for (const address of paths) {
    const response = await fetch(address, { headers: { Origin: 'https://example.com' } })
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), '*', address)
  }
  const content = await fetch(fileURL)
  const exposed = content.headers.get('Access-Control-Expose-Headers').split(',')
  for (const name of ['Content-Length', 'Content-Range', 'X-Ipfs-Path']) {
    assert.ok(exposed.includes(name), name)
  }
})
