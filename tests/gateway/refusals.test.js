import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import test from 'node:test'
import { postForm, localGateway } from '../support/gateway.js'
import { postJson } from './post-json.js'

const FILE = ['file', Buffer.from('hello world')]
const GOOD = { Authorization: 'token local-token' }

async function refused(response, status, message = /./) {
  assert.equal(response.status, status)
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), '*')
  const body = await response.json()
  assert.deepEqual(Object.keys(body), ['message'])
  assert.match(body.message, message)
}

function postText(endpoint, body, type) {
  const headers = { ...GOOD, 'Content-Type': type }
  return fetch(endpoint, { method: 'POST', body, headers })
}

test('each test token is rejected with its documented status', async (t) => {
  const { endpoint, orders } = await localGateway(t)
  const answers = [
    ['wrong-token', 401, /Unauthorized/],
    ['forbidden-token', 403, /Forbidden/],
    ['broke-token', 402, /Insufficient funds/],
    ['broke-400-token', 400, /insufficient funds/],
  ]
  for (const [token, status, message] of answers) {
    await refused(await postForm(endpoint, [FILE], token), status, message)
  }
  assert.deepEqual(orders, [])
  for (const token of ['local-token', 'any-other']) {
    assert.equal((await postForm(endpoint, [FILE], token)).status, 200)
  }
})

test('a missing or malformed Authorization is unauthorized', async (t) => {
  const { endpoint } = await localGateway(t)
  for (const value of [
    undefined,
    'token',
    'token ',
    'local-token',
    'Bearer local-token',
    'token a b',
  ]) {
    const body = new FormData()
    body.append('file', new Blob(['x']), 'x')
    const headers = value === undefined ? {} : { Authorization: value }
    await refused(await fetch(endpoint, { method: 'POST', body, headers }), 401)
  }
})

test('a form that is not as documented is a bad request', async (t) => {
  const { endpoint, orders, dir } = await localGateway(t)
  const forms = [
    [[], /missing|end of multipart/],
    [[['pin', 'true']], /missing/],
    [[['file', 'text']], /must be a file/],
    [[FILE, FILE], /only one/],
    [[['asset_file', Buffer.from('x')]], /asset_file/],
    [[FILE, ['colour', 'red']], /colour/],
    [[FILE, ['constructor', 'x']], /constructor/],
    [[FILE, ['pin', 'TRUE']], /pin/],
    [[FILE, ['pin', '']], /pin/],
    [[FILE, ['pin', 'toString']], /pin/],
    [[FILE, ['pin', 'true'], ['pin', 'false']], /twice/],
    [[FILE, ['version', '2']], /version/],
    [[FILE, ['version', 'true']], /version/],
    [[FILE, ['version', '1'.repeat(100_000)]], /version/],
  ]
  for (const [entries, message] of forms) {
    await refused(await postForm(endpoint, entries), 400, message)
  }
  assert.deepEqual(orders, [])
  assert.deepEqual(await readdir(dir), [])
})

test('a form that ends early is a bad request and leaves nothing behind', async (t) => {
  const { endpoint, orders, dir } = await localGateway(t)
  const type = 'multipart/form-data; boundary=b'
  const whole =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhello\r\n--b--\r\n'
  const last = whole.length - '--\r\n'.length
  for (let length = 0; length < last; length += 1) {
    await refused(await postText(endpoint, whole.slice(0, length), type), 400)
  }
  assert.deepEqual(orders, [])
  assert.deepEqual(await readdir(dir), [])
  assert.equal((await postText(endpoint, whole, type)).status, 200)
})

test('a form that cannot be parsed is a bad request', async (t) => {
  const { endpoint, orders } = await localGateway(t)
  const bodies = [
    ['', 'multipart/form-data; boundary=b'],
    ['no boundary in here', 'multipart/form-data; boundary=b'],
    ['--b--\r\n', 'multipart/form-data; boundary=b'],
    ['--b\r\n\r\nno headers\r\n--b--\r\n', 'multipart/form-data; boundary=b'],
    [
      '--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n',
      'multipart/form-data; boundary=b',
    ],
    [`--b\r\nX: ${'y'.repeat(200_000)}\r\n\r\nx\r\n--b--\r\n`, 'multipart/form-data; boundary=b'],
    ['--b\r\n', 'multipart/form-data'],
    ['--b\r\n', 'multipart/form-data; boundary='],
  ]
  for (const [body, type] of bodies) await refused(await postText(endpoint, body, type), 400)
  assert.deepEqual(orders, [])
})

test('an upload whose connection breaks leaves nothing behind', async (t) => {
  const { endpoint, orders, dir, close } = await localGateway(t)
  const headers = {
    ...GOOD,
    'Content-Type': 'multipart/form-data; boundary=b',
    'Content-Length': 1e6,
  }
  const upload = request(endpoint, { method: 'POST', headers })
  upload.on('error', () => {})
  const closed = new Promise((resolve) => upload.on('close', resolve))
  upload.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n')
  await new Promise((sent) => upload.write('x'.repeat(1000), sent))
  upload.destroy()
  await closed
  await refused(await postForm(endpoint, []), 400)
  await close()
  assert.deepEqual(orders, [])
  assert.deepEqual(await readdir(dir), [])
})

test('JSON that is not as documented is a bad request', async (t) => {
  const { url, endpoint, orders } = await localGateway(t)
  const fileURL = `${url}/ipfs/bafkqaaa`
  const values = [
    [{}, /fileURL/],
    [[], /fileURL/],
    [{ fileURL: 1 }, /fileURL/],
    [{ fileURL: null }, /fileURL/],
    [{ fileURL: '' }, /fileURL/],
    [{ fileURL: '/etc/passwd' }, /fileURL/],
    [{ fileURL: 'file:///etc/passwd' }, /http/],
    [{ fileURL: 'data:text/plain,x' }, /http/],
    [{ fileURL, pin: 'true' }, /pin/],
    [{ fileURL, pin: null }, /pin/],
    [{ fileURL, version: '1' }, /version/],
    [{ fileURL, version: 2 }, /version/],
    [{ fileURL, fileUrl: 'x' }, /fileUrl/],
  ]
  for (const [value, message] of values) {
    await refused(await postJson(endpoint, value), 400, message)
  }
  for (const text of ['', '{', 'true', '"x"', '{"fileURL":']) {
    await refused(await postText(endpoint, text, 'application/json'), 400)
  }
  assert.deepEqual(orders, [])
})

test('any other content type is a bad request', async (t) => {
  const { endpoint } = await localGateway(t)
  for (const type of [
    'application/octet-stream',
    'text/plain',
    'image/png',
    'application/x-www-form-urlencoded',
    'nonsense',
  ]) {
    await refused(await postText(endpoint, 'fileURL=x', type), 400)
  }
  await refused(await fetch(endpoint, { method: 'POST', headers: GOOD }), 400)
})

test('the endpoint accepts only POST, and sends Allow', async (t) => {
  const { endpoint } = await localGateway(t)
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    const body = method === 'GET' ? undefined : 'x'
    const response = await fetch(endpoint, { method, body, headers: GOOD })
    assert.equal(response.headers.get('Allow'), 'POST, OPTIONS')
    await refused(response, 405)
  }
})

test('no other path accepts a POST', async (t) => {
  const { url } = await localGateway(t)
  for (const path of ['/', '/ipfs/bafkqaaa', '/pin/more', '/api']) {
    await refused(await postForm(url + path, [FILE]), 404)
  }
})
