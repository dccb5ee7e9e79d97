import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import tls from 'node:tls'
import { pathToFileURL } from 'node:url'
import { certificate } from '../support/certificate.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { FORM, form } from './client.js'
import { startUpstream } from './upstream.js'

const README = new URL('../../pkg-template/relay/README.md', import.meta.url)
const PACKAGE = new URL('../../pkg/relay/index.js', import.meta.url)

const readme = await readFile(README, 'utf8')
const [first, ...others] = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code)

const HEADERS = { ...FORM, Cookie: 'session=1', Authorization: 'token mine' }
const BODY = form(Buffer.from('hello world'))

/** What the first example declares for the others. Each runs alone. */
const DECLARED = `
  import { createRelay as create, toNodeHandler as toHandler } from 'numbers-pin/relay'
  const relay = create({ token: 'local-token', authorize: () => true })
  const handler = toHandler(relay)
`

/** Executes an example, with a relay to `endpoint`, and resolves to the module. */
async function run(t, example, endpoint) {
  const folder = await temporaryFolder(t)
  const write = (name, text) => writeFile(join(folder, name), text)
  const { key, cert } = await certificate()
  await write('key.pem', key)
  await write('cert.pem', cert)
  await write(
    'relay.mjs',
    `import * as real from '${PACKAGE}'
    export const { toNodeHandler } = real
    export const createRelay = (options) =>
      real.createRelay({ ...options, endpoint: '${endpoint}' })`,
  )
  const code = example
    .replaceAll("'numbers-pin/relay'", "'./relay.mjs'")
    .replaceAll(/from '([a-z]+)'/g, (_, name) => `from '${import.meta.resolve(name)}'`)
    .replaceAll(/'((key|cert)\.pem)'/g, (_, name) => `'${join(folder, name)}'`)
    .replaceAll('process.env.CAPTURE_TOKEN', "'local-token'")
  await write('example.mjs', code)
  return import(pathToFileURL(join(folder, 'example.mjs')))
}

/** Moves the servers of an example to free ports of loopback, and resolves to the first one. */
function listening(t) {
  const { listen } = net.Server.prototype
  return new Promise((resolve) =>
    t.mock.method(net.Server.prototype, 'listen', function (...args) {
      t.after(() => this.close())
      this.once('listening', () => resolve(this))
      const callback = args.find((arg) => typeof arg === 'function')
      return listen.call(this, { port: 0, host: '127.0.0.1' }, callback)
    }),
  )
}

/** Posts an order, and resolves to the status of the response. */
async function post(server) {
  const { request } = server instanceof tls.Server ? https : http
  const { address, port } = server.address()
  const path = '/api/pin'
  const options = { method: 'POST', headers: HEADERS, agent: false, rejectUnauthorized: false }
  const outgoing = request({ ...options, host: address, port, path })
  outgoing.end(BODY)
  const [response] = await once(outgoing, 'response')
  response.resume()
  return response.statusCode
}

suite('the examples in the README of the relay', { timeout: 60_000 }, () => {
  const examples = [
    `const isSignedIn = (cookie) => cookie === 'session=1'\n${first}`,
    ...others.map((example) => DECLARED + example),
  ]
  test('are nine', () => assert.equal(examples.length, 9))

  for (const [nth, example] of examples.entries())
    test(`pin, number ${nth + 1}`, async (t) => {
      const upstream = await startUpstream(t)
      if (example.includes('isten(')) {
        const server = listening(t)
        await run(t, example, upstream.endpoint)
        assert.equal(await post(await server), 200)
      } else {
        const module = await run(t, example, upstream.endpoint)
        const relay = module.POST ?? module.default.fetch
        const request = { method: 'POST', headers: HEADERS, body: BODY }
        const { status } = await relay(new Request('http://relay.example/api/pin', request))
        assert.equal(status, 200)
      }
      const [{ body, request }] = upstream.posts
      assert.deepEqual(body, BODY)
      const token = example.includes('ownToken') ? 'mine' : 'local-token'
      assert.equal(request.headers.authorization, `token ${token}`)
    })
})
