import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { localGateway } from '../support/gateway.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const WWW = fileURLToPath(new URL('../../www/', import.meta.url))

/** The status for a path that clients would normalize. */
async function statusOf(port, path) {
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
  let answer = ''
  socket.on('data', (data) => (answer += data))
  await once(socket, 'end')
  assert.ok(!answer.includes('SECRET'), path)
  return Number(answer.split(' ')[1])
}

async function site(t) {
  const root = await temporaryFolder(t)
  await mkdir(join(root, 'www/sub/.hidden'), { recursive: true })
  await mkdir(join(root, 'pkg'))
  const contents = {
    'www/index.html': '<!doctype html>',
    'www/page.js': 'export {}',
    'www/style.css': 'p {}',
    'www/sub/index.html': '<!doctype html>',
    'www/.env': 'SECRET',
    'www/sub/.hidden/file.js': 'SECRET',
    'pkg/module.wasm': '\0asm',
    'secret.txt': 'SECRET',
  }
  for (const [path, content] of Object.entries(contents)) {
    await writeFile(join(root, path), content)
  }
  return localGateway(t, { pages: { '/': join(root, 'www'), '/pkg/': join(root, 'pkg') } })
}

test('serves pages with their media type, and without caching', async (t) => {
  const { url } = await site(t)
  const types = {
    '/': 'text/html; charset=utf-8',
    '/sub/': 'text/html; charset=utf-8',
    '/page.js': 'text/javascript; charset=utf-8',
    '/style.css': 'text/css; charset=utf-8',
    '/pkg/module.wasm': 'application/wasm',
  }
  for (const [path, type] of Object.entries(types)) {
    const response = await fetch(url + path)
    assert.equal(response.status, 200, path)
    assert.equal(response.headers.get('Content-Type'), type)
    assert.equal(response.headers.get('Cache-Control'), 'no-store')
  }
  assert.equal((await fetch(`${url}/missing.js`)).status, 404)
})

test('serves nothing outside the folders, and no hidden files', async (t) => {
  const { port } = await site(t)
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/sub/../../secret.txt',
    '/sub/..%2f..%2fsecret.txt',
    '/pkg/../secret.txt',
    '/pkg/..%2fsecret.txt',
    '/pkg/..%5c..%5csecret.txt',
    '//secret.txt',
    '/page.js%00',
    '/%zz',
    '/.env',
    '/%2eenv',
    '/sub/.hidden/file.js',
  ]) {
    assert.ok([400, 403, 404].includes(await statusOf(port, path)), path)
  }
})

test('does not serve the files of the gateway itself', async (t) => {
  const { port } = await localGateway(t, { pages: { '/': WWW } })
  for (const path of [
    '/gateway/main.js',
    '/gateway/',
    '/gateway',
    '/gateway%2fmain.js',
    '/%67ateway/main.js',
    '//gateway/main.js',
    '/./gateway/main.js',
    '/x/../gateway/main.js',
    '/gateway/node_modules/express/package.json',
  ]) {
    assert.ok([400, 403, 404].includes(await statusOf(port, path)), path)
  }
})
