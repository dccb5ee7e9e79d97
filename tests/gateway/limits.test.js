import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import test from 'node:test'
import { random } from './bytes.js'
import { pinned, postForm, localGateway } from '../support/gateway.js'

const LIMIT = 26_214_400

/** The head of a form of `length` bytes that starts with a file, as it is sent. */
function formHead(token, length) {
  return [
    'POST /pin HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: token ${token}`,
    'Content-Type: multipart/form-data; boundary=b',
    `Content-Length: ${length}`,
    '',
    '--b',
    'Content-Disposition: form-data; name="file"; filename="a"',
    '',
    '',
  ].join('\r\n')
}

test('a file of the maximum size is pinned', async (t) => {
  const { endpoint } = await localGateway(t)
  const answer = await pinned(endpoint, random('limit', LIMIT))
  assert.equal(answer.fileSize, LIMIT)
})

test('a file one byte larger is rejected, and not stored', async (t) => {
  const { endpoint, orders, dir } = await localGateway(t)
  const response = await postForm(endpoint, [['file', random('limit', LIMIT + 1)]])
  assert.equal(response.status, 413)
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), '*')
  assert.match((await response.json()).message, /26214400/)
  assert.deepEqual(orders, [])
  assert.deepEqual(await readdir(dir), [])
})

test('a client that sends the whole body before it reads still receives the error', async (t) => {
  const { port } = await localGateway(t)
  for (const [token, status] of [
    ['local-token', 413],
    ['wrong-token', 401],
  ]) {
    const socket = connect(port, '127.0.0.1').pause()
    const body = Buffer.alloc(2 * LIMIT)
    socket.write(formHead(token, body.length + 67))
    await new Promise((sent) => socket.write(body, sent))
    const [answer] = await once(socket.resume(), 'data')
    assert.match(String(answer), new RegExp(`^HTTP/1.1 ${status} `))
    socket.destroy()
  }
})

test('responds to an endless body, and closes the connection', async (t) => {
  const { port } = await localGateway(t)
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => (answer += data))
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.on('close', resolve))
  const chunk = Buffer.alloc(1_000_000)
  const more = () => socket.destroyed || socket.write(chunk, more)
  socket.write(formHead('local-token', 1e15), more)
  await closed
  assert.match(answer, /^HTTP\/1.1 413 /)
})

test('a JSON body may have 512 KiB', async (t) => {
  const { url, endpoint, orders } = await localGateway(t)
  const json = JSON.stringify({ fileURL: `${url}/ipfs/bafkqaaa` })
  const post = (length) =>
    fetch(endpoint, {
      method: 'POST',
      body: json.padEnd(length),
      headers: { Authorization: 'token local-token', 'Content-Type': 'application/json' },
    })
  assert.equal((await post(524_288)).status, 200)
  const tooLarge = await post(524_289)
  assert.equal(tooLarge.status, 413)
  assert.match((await tooLarge.json()).message, /./)
  assert.equal(orders.length, 1)
})
