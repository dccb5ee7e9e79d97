import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { random, vectors } from './bytes.js'
import { pinned, localGateway } from '../support/gateway.js'

const HELLO = Buffer.from('hello world')
const HELLO_V0 = 'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD'
const HELLO_V1 = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'
const LARGE = random('content', 600_000)

const bytesIn = async (response) => Buffer.from(await response.arrayBuffer())
const files = async (dir) => {
  const names = await readdir(dir, { recursive: true })
  return names.filter((name) => name.endsWith('.data')).map((name) => join(dir, name))
}

/** A length-delimited protobuf field. */
function field(number, bytes) {
  const varint = []
  let length = bytes.length
  for (; length > 127; length >>>= 7) varint.push((length & 127) | 128)
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint, length]), bytes])
}

/** A dag-pb node that links to the SHA-256 of each child, with or without UnixFS data. */
function node(children, data) {
  const links = children.map((child) => {
    const digest = createHash('sha256').update(child).digest()
    return field(2, field(1, Buffer.concat([Buffer.from([1, 0x70, 0x12, 32]), digest])))
  })
  return Buffer.concat([...links, ...(data ? [field(1, data)] : [])])
}

const cidOf = (block, codec) => `f01${codec}1220${createHash('sha256').update(block).digest('hex')}`

test('serves a file with its length, ETag and media type', async (t) => {
  const { endpoint } = await localGateway(t)
  const { fileURL, cid } = await pinned(endpoint, LARGE)
  for (const method of ['GET', 'HEAD']) {
    const response = await fetch(fileURL, { method })
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('Content-Length'), '600000')
    assert.equal(response.headers.get('Content-Type'), 'application/octet-stream')
    assert.equal(response.headers.get('Accept-Ranges'), 'bytes')
    assert.equal(response.headers.get('ETag'), `"${cid}"`)
    assert.equal(response.headers.get('X-Ipfs-Path'), `/ipfs/${cid}`)
    assert.match(response.headers.get('Cache-Control'), /immutable/)
    const body = await bytesIn(response)
    assert.ok(body.equals(method === 'GET' ? LARGE : Buffer.alloc(0)))
  }
})

test('serves an empty file', async (t) => {
  const { endpoint } = await localGateway(t)
  for (const version of ['0', '1']) {
    const { fileURL } = await pinned(endpoint, Buffer.alloc(0), [['version', version]])
    const response = await fetch(fileURL)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('Content-Length'), '0')
    assert.equal((await bytesIn(response)).length, 0)
  }
})

test('media types come from the bytes, and content cannot run scripts', async (t) => {
  const { endpoint } = await localGateway(t)
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const contents = [
    [png, 'image/png'],
    [Buffer.from([0x80, 0x81]), 'application/octet-stream'],
    [Buffer.from('plain – text'), 'text/plain; charset=utf-8'],
    [Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/plain; charset=utf-8'],
    [Buffer.from('alert(1)'), 'text/plain; charset=utf-8'],
    [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'text/plain; charset=utf-8',
    ],
    [
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
      'application/xml',
    ],
  ]
  for (const [bytes, type] of contents) {
    const { fileURL } = await pinned(endpoint, bytes)
    for (const address of [fileURL, `${fileURL}?format=raw`]) {
      const { headers } = await fetch(address)
      if (address === fileURL) assert.equal(headers.get('Content-Type'), type)
      assert.equal(headers.get('Content-Security-Policy'), 'sandbox')
      assert.equal(headers.get('X-Content-Type-Options'), 'nosniff')
    }
  }
})

test('responds to a range with that range', async (t) => {
  const { endpoint } = await localGateway(t)
  const { fileURL } = await pinned(endpoint, LARGE)
  const ranges = [
    ['bytes=0-0', 0, 0],
    ['bytes=262143-262144', 262_143, 262_144],
    ['bytes=599999-', 599_999, 599_999],
    ['bytes=-10', 599_990, 599_999],
    ['bytes=1-9999999', 1, 599_999],
  ]
  for (const [range, start, end] of ranges) {
    const response = await fetch(fileURL, { headers: { Range: range } })
    assert.equal(response.status, 206, range)
    assert.equal(response.headers.get('Content-Range'), `bytes ${start}-${end}/600000`)
    assert.ok((await bytesIn(response)).equals(LARGE.subarray(start, end + 1)), range)
  }
})

test('responds with 416 to a range beyond the end', async (t) => {
  const { endpoint } = await localGateway(t)
  const { fileURL } = await pinned(endpoint, HELLO)
  for (const range of ['bytes=11-', 'bytes=11-20']) {
    const response = await fetch(fileURL, { headers: { Range: range } })
    assert.equal(response.status, 416, range)
    assert.equal(response.headers.get('Content-Range'), 'bytes */11')
  }
})

test('responds with the whole file to an unsupported or outdated range', async (t) => {
  const { endpoint } = await localGateway(t)
  const { fileURL, cid } = await pinned(endpoint, HELLO)
  for (const headers of [
    { Range: 'bytes=0-1,4-5' },
    { Range: 'lines=0-1' },
    { Range: 'bytes' },
    { Range: 'bytes=0-1', 'If-Range': '"another"' },
  ]) {
    const response = await fetch(fileURL, { headers })
    assert.equal(response.status, 200)
    assert.equal(await response.text(), 'hello world')
  }
  const headers = { Range: 'bytes=0-1', 'If-Range': `"${cid}"` }
  assert.equal((await fetch(fileURL, { headers })).status, 206)
})

test('responds with 304 to If-None-Match', async (t) => {
  const { endpoint } = await localGateway(t)
  const { fileURL, cid } = await pinned(endpoint, HELLO)
  for (const tag of [`"${cid}"`, `W/"${cid}"`, `"x", "${cid}"`, '*']) {
    const response = await fetch(fileURL, { headers: { 'If-None-Match': tag } })
    assert.equal(response.status, 304, tag)
    assert.equal((await bytesIn(response)).length, 0)
  }
  const headers = { 'If-None-Match': `"${cid}.raw"` }
  assert.equal((await fetch(fileURL, { headers })).status, 200)
  assert.equal((await fetch(`${fileURL}?format=raw`, { headers })).status, 304)
})

test('serves a raw block by the query or by Accept', async (t) => {
  const { url, endpoint } = await localGateway(t)
  const bytes = Buffer.alloc(262_145).map((_, i) => i * 31 + (i >> 8))
  const { fileURL, cid } = await pinned(endpoint, bytes)
  const accept = { headers: { Accept: 'application/vnd.ipld.raw' } }
  for (const response of [await fetch(`${fileURL}?format=raw`), await fetch(fileURL, accept)]) {
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('Content-Type'), 'application/vnd.ipld.raw')
    assert.equal(response.headers.get('ETag'), `"${cid}.raw"`)
    const block = await bytesIn(response)
    const found = await fetch(`${url}/ipfs/${cidOf(block, '70')}`, { method: 'HEAD' })
    assert.equal(found.headers.get('ETag'), `"${cid}"`)
  }
  const leaf = await fetch(`${url}/ipfs/${cidOf(bytes.subarray(0, 262_144), '55')}?format=raw`)
  assert.ok((await bytesIn(leaf)).equals(bytes.subarray(0, 262_144)))
  assert.equal((await fetch(`${fileURL}?format=car`)).status, 406)
  assert.equal((await fetch(`${fileURL}?format=raw&format=raw`)).status, 406)
})

test('serves the identity block that probes for trustless gateways', async (t) => {
  const { url } = await localGateway(t)
  const response = await fetch(`${url}/ipfs/bafkqaaa?format=raw`)
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('Content-Type'), 'application/vnd.ipld.raw')
  assert.equal(response.headers.get('Content-Length'), '0')
})

test('a file stored under one CID version is found under the other', async (t) => {
  const { url, endpoint } = await localGateway(t)
  await pinned(endpoint, HELLO, [['version', '0']])
  const [{ cid_as_v1: reencoded }] = vectors.generated.filter(({ cid_as_v1: v1 }) => v1)
  assert.equal((await fetch(`${url}/ipfs/${reencoded}`)).status, 404)
  const { base32 } = vectors.cid_forms.find(({ cidv0 }) => cidv0 === HELLO_V0)
  for (const cid of [HELLO_V0, base32]) {
    assert.equal(await (await fetch(`${url}/ipfs/${cid}`)).text(), 'hello world')
  }
  assert.equal((await fetch(`${url}/ipfs/${HELLO_V1}`)).status, 404)
})

test('responds with 404 for a missing CID, and with 400 for an invalid one', async (t) => {
  const { url } = await localGateway(t)
  const answers = [
    [HELLO_V0, 404],
    [HELLO_V1, 404],
    [cidOf(HELLO, '71'), 404],
    [`f01551114${'00'.repeat(20)}`, 404],
    [`f01551220${'00'.repeat(20)}`, 400],
    [`f0155128010${'00'.repeat(2048)}`, 404],
    [`${HELLO_V1}/name`, 404],
    ['hello', 400],
    ['Qm', 400],
    [HELLO_V0.toLowerCase(), 400],
    [HELLO_V1.slice(0, -1), 400],
    ['..%2f..%2fetc%2fpasswd', 400],
    ['%00', 400],
  ]
  for (const [cid, status] of answers) {
    for (const query of ['', '?format=raw']) {
      const response = await fetch(`${url}/ipfs/${cid}${query}`)
      assert.equal(response.status, status, cid)
      if (!cid.includes('/')) assert.match(response.headers.get('Content-Type'), /^text\/plain/)
    }
  }
})

test('responds with 404 for a file with a missing or damaged block until it is pinned again', async (t) => {
  const { endpoint, dir } = await localGateway(t)
  const { fileURL } = await pinned(endpoint, LARGE)
  const blocks = await files(dir)
  assert.equal(blocks.length, 4)
  for (const block of blocks) {
    for (const harm of [() => rm(block), () => truncate(block, 100), () => writeFile(block, 'x')]) {
      await harm()
      for (const method of ['HEAD', 'GET']) {
        const response = await fetch(fileURL, { method, headers: { Range: 'bytes=0-0' } })
        assert.equal(response.status, 404)
      }
      await pinned(endpoint, LARGE)
      assert.ok((await bytesIn(await fetch(fileURL))).equals(LARGE))
    }
  }
})

test('does not serve malicious blocks as a file', async (t) => {
  const { url, endpoint } = await localGateway(t)
  const file = Buffer.from([8, 2])
  const levels = [node([], file)]
  for (let depth = 0; depth < 4; depth += 1)
    levels.push(node(Array(1000).fill(levels[depth]), file))
  const noData = node([])
  const hostile = [
    levels,
    [noData, node([noData], file)],
    [Buffer.from('not protobuf'), node([Buffer.from('not protobuf')], file)],
    [node([], Buffer.from([8, 1]))],
    [node([], Buffer.from([8, 4]))],
    [node([], Buffer.from([255]))],
  ]
  for (const blocks of hostile) {
    for (const block of blocks) await pinned(endpoint, block)
    const response = await fetch(`${url}/ipfs/${cidOf(blocks.at(-1), '70')}`)
    assert.equal(response.status, 404)
  }
  assert.equal((await pinned(endpoint, HELLO)).cid, HELLO_V1)
})
