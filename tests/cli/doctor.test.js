import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { SMALL } from '../support/faults/answers.js'
import { TOKEN } from '../support/faults/leaks.js'
import { localGateway, pinned } from '../support/gateway.js'
import { refuse, startProxy } from './proxy.js'
import { serve } from '../support/server.js'
import { run } from './run.js'

/** The report, with its checks by their names. */
async function report(args, options) {
  const { status, stdout, stderr } = await run(['doctor', '--json', ...args], options)
  const lines = stdout.split('\n').slice(0, -1)
  const checks = lines.map((line) => JSON.parse(line))
  return { status, stdout, stderr, checks: new Map(checks.map((each) => [each.check, each])) }
}

suite('numbers-pin doctor', { timeout: 120_000 }, () => {
  test('reports no problem with the local gateway, and orders nothing', async (t) => {
    const gateway = await localGateway(t)
    await pinned(gateway.endpoint, SMALL.bytes())
    const args = ['--endpoint', gateway.endpoint, '--gateway', gateway.url, SMALL.cid]
    const { status, stderr, checks } = await report(args, { env: { CAPTURE_TOKEN: '' } })
    assert.deepEqual([status, stderr], [0, ''])
    const states = Object.fromEntries([...checks].map(([name, { state }]) => [name, state]))
    assert.equal(states['endpoint: connection'], 'unclear')
    delete states['endpoint: connection']
    assert.deepEqual([...new Set(Object.values(states))], ['ok'])
    assert.match(checks.get('endpoint: order without a token').found, /^refused, status 401/)
    assert.match(checks.get('gateway: content').found, /^11 bytes/)
    assert.equal(gateway.orders.length, 1)
    const { stdout } = await run(['doctor', ...args])
    assert.match(stdout, /^✓ runtime: numbers-pin \S+ in Node \d+/)
    assert.match(
      stdout,
      /^\? endpoint: connection: .* without TLS\. The token would be sent unencrypted/m,
    )
    assert.doesNotMatch(stdout, /✗/)
  })

  test('sends the preflight of --origin, and prints the CORS headers of the response', async (t) => {
    const headers = {
      'access-control-allow-origin': 'https://mine.example',
      'access-control-allow-headers': 'Content-Type, *',
    }
    const { url, requests } = await serve(t, ({ method }, response) =>
      response.writeHead(method === 'OPTIONS' ? 204 : 401, headers).end(),
    )
    const args = ['--endpoint', url, '--gateway', url, '--origin', 'https://mine.example']
    const refused = await report(args)
    const name = 'endpoint: CORS'
    assert.equal(refused.status, 1)
    assert.equal(refused.checks.get(name).state, 'fails')
    assert.match(refused.checks.get(name).found, /allow-headers Content-Type, \*.* cannot order$/)
    assert.match(refused.checks.get(name).advice, /relay/)
    const asked = requests.find(({ method }) => method === 'OPTIONS').headers
    assert.equal(asked.origin, 'https://mine.example')
    assert.equal(asked['access-control-request-headers'], 'authorization,content-type')
  })

  test('sends no token, and prints neither it nor the password of a proxy', async (t) => {
    const { url, requests } = await serve(t, (_, response) => response.writeHead(401).end())
    const proxy = await startProxy(t)
    const env = {
      HTTP_PROXY: proxy.url.replace('//', '//me:secret@'),
      ALL_PROXY: 'socks5://u:secret@h',
    }
    const { stdout, stderr, checks } = await report(['--endpoint', url, '--gateway', url], { env })
    const host = new URL(proxy.url).host
    assert.equal(checks.get('endpoint: proxy').found, `${host}, by HTTP_PROXY`)
    for (const secret of ['secret', TOKEN]) assert.ok(!`${stdout}${stderr}`.includes(secret))
    assert.ok(requests.length > 0)
    for (const { headers } of requests) assert.equal(headers.authorization, undefined)
  })

  test('reports the status of a proxy, and continues with the gateway', async (t) => {
    const gateway = await localGateway(t)
    const proxy = await startProxy(t, refuse(407))
    const env = { HTTPS_PROXY: proxy.url }
    const args = ['--endpoint', 'https://pin.example/', '--gateway', gateway.url]
    const { status, checks } = await report(args, { env })
    assert.equal(status, 1)
    const { state, found, advice } = checks.get('endpoint: connection')
    assert.equal(state, 'fails')
    assert.match(found, /status 407/)
    assert.match(advice, /HTTPS_PROXY/)
    assert.equal(checks.get('endpoint: clock').found, 'not checked')
    assert.match(checks.get('gateway: content').advice, /numbers-pin doctor CID/)
  })

  test('reports a wrong clock', async (t) => {
    const { url } = await serve(t, (_, response) =>
      response.writeHead(401, { date: 'Tue, 01 Jan 2030 00:00:00 GMT' }).end(),
    )
    const { checks } = await report(['--endpoint', url, '--gateway', url])
    const { state, found } = checks.get('gateway: clock')
    assert.equal(state, 'fails')
    assert.match(found, /^this machine is \d+ s (behind|ahead of) the server$/)
  })

  test('reports wrong bytes of a gateway, and no support of ranges and raw blocks', async (t) => {
    const { url } = await serve(t, (_, response) => response.end('other bytes'))
    const { checks } = await report(['--endpoint', url, '--gateway', url, SMALL.cid])
    for (const name of ['content', 'ranges', 'raw blocks'])
      assert.equal(checks.get(`gateway: ${name}`).state, 'unclear')
  })

  test('applies --timeout to each check', async (t) => {
    const { url } = await serve(t, () => {})
    const args = ['--endpoint', url, '--gateway', url, '--timeout', '0.2']
    const { status, checks } = await report(args)
    assert.equal(status, 1)
    for (const name of ['endpoint: CORS', 'gateway: content'])
      assert.equal(checks.get(name).found, 'no result within 0.2 s')
  })

  test('sends nothing that is not a CID, and checks one gateway', async (t) => {
    const asked = []
    const { url } = await serve(t, ({ url }, response) => {
      asked.push(url)
      response.end()
    })
    const args = ['doctor', '--endpoint', url, '--gateway', url]
    const secret = await run([...args, TOKEN])
    assert.equal(secret.status, 2)
    assert.doesNotMatch(secret.stderr, new RegExp(TOKEN))
    const two = await run([...args, '--gateway', url])
    assert.equal(two.status, 2)
    assert.match(two.stderr, /one --gateway/)
    assert.deepEqual(asked, [])
  })

  test('rejects an --origin that is not an origin', async () => {
    for (const origin of ['example.org', 'https://example.org/page', 'file:///a']) {
      const { status, stderr } = await run(['doctor', '--origin', origin])
      assert.equal(status, 2)
      assert.match(stderr, /--origin must be the origin of a page/)
    }
  })
})
