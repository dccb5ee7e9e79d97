import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import test from 'node:test'
import { random } from './bytes.js'
import { pinned, postForm, localGateway } from '../support/gateway.js'

const HELLO = Buffer.from('hello world')
const HELLO_V0 = 'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD'
const HELLO_V1 = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

test('responds to a pin with the five documented fields', async (t) => {
  const { url, endpoint } = await localGateway(t)
  const response = await postForm(endpoint, [['file', HELLO]])
  assert.equal(response.status, 200)
  assert.match(response.headers.get('Content-Type'), /^application\/json/)
  const { orderID, ...answer } = await response.json()
  assert.match(orderID, UUID)
  assert.deepEqual(answer, {
    fileURL: `${url}/ipfs/${HELLO_V1}`,
    cid: HELLO_V1,
    fileSize: 11,
    cid_version: 1,
  })
})

test('the field `version` may come before or after the file', async (t) => {
  const { endpoint } = await localGateway(t)
  for (const entries of [
    [
      ['version', '0'],
      ['file', HELLO],
    ],
    [
      ['file', HELLO],
      ['version', '0'],
    ],
  ]) {
    const answer = await (await postForm(endpoint, entries)).json()
    assert.equal(answer.cid, HELLO_V0)
    assert.equal(answer.cid_version, 0)
  }
})

test('pin: false returns the CID and stores nothing', async (t) => {
  const { url, endpoint, dir } = await localGateway(t)
  assert.equal((await pinned(endpoint, HELLO, [['pin', 'false']])).cid, HELLO_V1)
  assert.deepEqual(await readdir(dir), [])
  assert.equal((await fetch(`${url}/ipfs/${HELLO_V1}`)).status, 404)
  await pinned(endpoint, HELLO, [['pin', 'true']])
  assert.equal((await fetch(`${url}/ipfs/${HELLO_V1}`)).status, 200)
})

test('the same file twice is two orders of one CID', async (t) => {
  const { endpoint } = await localGateway(t)
  const [first, second] = [await pinned(endpoint, HELLO), await pinned(endpoint, HELLO)]
  assert.equal(first.cid, second.cid)
  assert.notEqual(first.orderID, second.orderID)
})

test('records each order without its token, and no rejected order', async (t) => {
  const { endpoint, orders } = await localGateway(t)
  const first = await pinned(endpoint, HELLO)
  const second = await pinned(endpoint, Buffer.alloc(0), [['pin', 'false']])
  await postForm(endpoint, [['file', HELLO]], 'broke-token')
  await postForm(endpoint, [['version', '1']])
  assert.deepEqual(orders, [
    { orderID: first.orderID, cid: HELLO_V1, bytes: 11, filename: 'name.bin', pin: true },
    { orderID: second.orderID, cid: second.cid, bytes: 0, filename: 'name.bin', pin: false },
  ])
})

test('concurrent pins each get the CID of their own file', async (t) => {
  const { url, endpoint } = await localGateway(t)
  const files = Array.from({ length: 20 }, (_, i) => Buffer.alloc(300_000, i % 10))
  const answers = await Promise.all(files.map((bytes) => pinned(endpoint, bytes)))
  for (const [i, { cid }] of answers.entries()) {
    const response = await fetch(`${url}/ipfs/${cid}`)
    assert.ok(files[i].equals(Buffer.from(await response.arrayBuffer())))
  }
  assert.equal(new Set(answers.map(({ cid }) => cid)).size, 10)
})

test('a file stays available while it is pinned again', async (t) => {
  const { endpoint } = await localGateway(t)
  const bytes = random('again', 2_000_000)
  const { fileURL } = await pinned(endpoint, bytes)
  const pins = Promise.all(Array.from({ length: 10 }, () => pinned(endpoint, bytes)))
  let done = false
  pins.finally(() => (done = true))
  while (!done) assert.equal((await fetch(fileURL, { method: 'HEAD' })).status, 200)
  assert.equal(new Set((await pins).map((answer) => answer.fileURL)).size, 1)
})

test('a file name is never used as a path or a header', async (t) => {
  const { endpoint, orders, dir } = await localGateway(t)
  const names = [
    ['../../../etc/passwd', 'passwd'],
    ['C:\\windows\\win.ini', 'win.ini'],
    ['..', ''],
    ['naïve 名前 🙂.png', 'naïve 名前 🙂.png'],
    ['<script>alert(1)<script>', '<script>alert(1)<script>'],
    ['a"b\r\nX-Header: c', 'a%22b%0D%0AX-Header: c'],
    ['n'.repeat(5000), 'n'.repeat(5000)],
    ['__proto__', '__proto__'],
  ]
  for (const [name, kept] of names) {
    const body = new FormData()
    body.append('file', new Blob([HELLO]), name)
    const headers = { Authorization: 'token local-token' }
    const response = await fetch(endpoint, { method: 'POST', body, headers })
    assert.equal(response.status, 200, name)
    assert.equal((await response.json()).cid, HELLO_V1)
    assert.equal(orders.at(-1).filename, kept)
  }
  assert.equal((await readdir(dir)).length, 1)
})
