import assert from 'node:assert/strict'
import { once } from 'node:events'
import https from 'node:https'
import { suite, test } from 'node:test'
import { proxyFor } from '../../pkg-template/cli/proxy.js'
import { SMALL } from '../support/faults/answers.js'
import { certificate } from '../support/certificate.js'
import { localGateway, pinned } from '../support/gateway.js'
import { refuse, startProxy } from './proxy.js'
import { RECEIPT } from '../support/service.js'
import { entries, folder } from './files.js'
import { run } from './run.js'

/** A service with TLS and a self-signed certificate. */
async function secureService(t) {
  const { key, cert } = await certificate()
  const posts = []
  const server = https.createServer({ key, cert }, async (request, response) => {
    posts.push(request)
    await request.toArray()
    response.end(JSON.stringify(RECEIPT))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `https://127.0.0.1:${server.address().port}/`, posts }
}

/** The environment of a user who trusts the certificate of the tests. */
const trusting = (more) => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1', ...more })

suite('numbers-pin behind a proxy', { timeout: 120_000 }, () => {
  for (const name of ['HTTPS_PROXY', 'https_proxy'])
    test(`orders through a tunnel: ${name}`, async (t) => {
      const service = await secureService(t)
      const proxy = await startProxy(t)
      const cwd = await folder(t, { a: 'a' })
      const env = trusting({ [name]: proxy.url.replace('//', '//me:p%40ss@') })
      const { status, stderr } = await run(['a', '--endpoint', service.url], { cwd, env })
      assert.deepEqual([status, stderr], [0, ''])
      assert.equal(service.posts.length, 1)
      const [{ method, url, headers }] = proxy.requests
      assert.deepEqual([method, url], ['CONNECT', new URL(service.url).host])
      const credentials = Buffer.from('me:p@ss').toString('base64')
      assert.equal(headers['proxy-authorization'], `Basic ${credentials}`)
      assert.equal(headers.authorization, undefined)
      assert.equal(service.posts[0].headers['proxy-authorization'], undefined)
    })

  test('orders, downloads and locates over http', async (t) => {
    const gateway = await localGateway(t)
    const proxy = await startProxy(t)
    const cwd = await folder(t, { a: 'hello world' })
    const env = { HTTP_PROXY: proxy.url }
    assert.equal((await run(['a', '--endpoint', gateway.endpoint], { cwd, env })).status, 0)
    const from = ['--gateway', gateway.url]
    assert.equal((await run(['locate', SMALL.cid, ...from], { cwd, env })).stdout, 'present\n')
    const { stdout } = await run(['get', SMALL.cid, '-o', '-', ...from], { cwd, env })
    assert.equal(stdout, 'hello world')
    assert.deepEqual(
      proxy.requests.map(({ method, url }) => `${method} ${url}`),
      [
        `POST ${gateway.endpoint}`,
        `HEAD ${gateway.url}/ipfs/${SMALL.cid}`,
        `GET ${gateway.url}/ipfs/${SMALL.cid}`,
      ],
    )
  })

  test('does not use it for hosts of NO_PROXY', async (t) => {
    const gateway = await localGateway(t)
    await pinned(gateway.endpoint, SMALL.bytes())
    const proxy = await startProxy(t)
    const args = ['locate', SMALL.cid, '--gateway', gateway.url]
    for (const NO_PROXY of ['127.0.0.1', '*', `example.org, 127.0.0.1:${gateway.port}`])
      assert.equal((await run(args, { env: { HTTP_PROXY: proxy.url, NO_PROXY } })).status, 0)
    assert.equal(proxy.requests.length, 0)
  })

  for (const [name, onConnect, expected] of [
    [
      'responds with 407',
      refuse(407),
      /refused to connect to .*status 407.*user name and password/,
    ],
    ['responds with 403', refuse(403), /refused to connect to 127\.0\.0\.1:\d+ \(status 403\)/],
    ['responds with 502', refuse(502), /status 502/],
    ['closes the connection', (socket) => socket.destroy(), /closed|hang up|ECONNRESET/],
    [
      'does not speak HTTP',
      (socket) => socket.end('no HTTP\r\n\r\n'),
      /Parse Error|ECONNRESET|HPE/,
    ],
    ['closes the tunnel', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'), /TLS|ECONNRESET/],
  ])
    test(`orders nothing through a proxy that ${name}`, async (t) => {
      const service = await secureService(t)
      const proxy = await startProxy(t, onConnect)
      const cwd = await folder(t, { a: 'a' })
      const env = trusting({ HTTPS_PROXY: proxy.url.replace('//', '//me:secret@') })
      const args = ['a', '--log', 'log', '--endpoint', service.url]
      const { status, stdout, stderr } = await run(args, { cwd, env })
      assert.deepEqual([status, stdout], [1, ''])
      assert.match(stderr, expected)
      assert.match(stderr, /; not sent, not charged$/m)
      assert.doesNotMatch(stderr, /secret|NODE_USE_ENV_PROXY/)
      const { error } = (await entries(`${cwd}/log`)).at(-1)
      assert.deepEqual([error.code, error.outcome], ['network', 'not-sent'])
      assert.equal(service.posts.length, 0)
    })

  test('orders nothing if the variable is not a URL, and does not print it', async (t) => {
    const cwd = await folder(t, { a: 'a' })
    for (const proxy of ['http://me:secret@:x', 'socks5://me:secret@host', 'http://m%e:secret@p']) {
      const scheme = proxy.includes('%') ? 'http' : 'https'
      const args = ['a', '--endpoint', `${scheme}://pin.example/`]
      const env = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy }
      const { status, stderr } = await run(args, { cwd, env })
      assert.equal(status, 1)
      assert.match(
        stderr,
        /HTTPS?_PROXY is not the URL of a proxy: expected http:.*; not sent, not charged/,
      )
      assert.doesNotMatch(stderr, /secret/)
    }
  })
})

suite('the proxy for a URL', () => {
  for (const [url, env, expected] of [
    ['https://a.example/', {}, undefined],
    ['https://a.example/', { HTTPS_PROXY: '' }, undefined],
    ['https://a.example/', { HTTP_PROXY: 'http://p' }, undefined],
    ['https://a.example/', { HTTPS_PROXY: 'p:3128' }, 'p:3128'],
    ['https://a.example/', { HTTPS_PROXY: 'http://upper', https_proxy: 'http://lower' }, 'lower'],
    ['http://a.example/', { HTTP_PROXY: 'https://p' }, 'p'],
    ['https://a.example/', { HTTPS_PROXY: 'p', NO_PROXY: 'example' }, undefined],
    ['https://a.example/', { HTTPS_PROXY: 'p', NO_PROXY: '.example' }, undefined],
    ['https://a.example/', { HTTPS_PROXY: 'p', NO_PROXY: '*.example' }, undefined],
    ['https://a.example/', { HTTPS_PROXY: 'p', NO_PROXY: 'A.EXAMPLE' }, undefined],
    ['https://a.example/', { HTTPS_PROXY: 'p', no_proxy: 'x y,a.example:443' }, undefined],
    ['https://a.example/', { HTTPS_PROXY: 'p', NO_PROXY: 'a.example:80' }, 'p'],
    ['https://a.example/', { HTTPS_PROXY: 'p', NO_PROXY: 'ample,.' }, 'p'],
    ['https://[::1]:8/', { HTTPS_PROXY: 'p', NO_PROXY: '[::1]' }, undefined],
    ['https://[::1]:8/', { HTTPS_PROXY: 'p', NO_PROXY: '[::1]:9' }, 'p'],
    ['https://[::1]:8/', { HTTPS_PROXY: 'p', NO_PROXY: 'x,::1' }, undefined],
    ['https://[2001:db8::1]/', { HTTPS_PROXY: 'p', NO_PROXY: '2001:db8::2' }, 'p'],
  ])
    test(`${url} with ${JSON.stringify(env)}`, () =>
      assert.equal(proxyFor(new URL(url), env)?.proxy.host, expected))
})
