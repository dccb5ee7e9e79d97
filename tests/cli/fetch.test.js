import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { after, before, suite, test } from 'node:test'
import { fetch } from '../../pkg-template/cli/fetch.js'
import * as numbersPin from '../../pkg/index.js'
import { SMALL, rejects, resolves } from '../support/faults/answers.js'
import { failure } from '../support/failure.js'
import { judge } from '../support/faults/judge.js'
import { TOKEN } from '../support/faults/leaks.js'
import { resultOf } from '../support/faults/result.js'
import { startFaults } from '../support/faults/server.js'
import { STALLS, patiently } from '../support/faults/stalls.js'
import { FAULTS, expectedIn } from '../support/faults/table.js'
import { serve } from '../support/server.js'

/** What differs from Node's own `fetch`, by the name of the fault. */
const DIFFERENT = {
  'reused connection reset': {
    ...{ ...resolves(), posts: 2 },
    why: 'Connections are not reused.',
  },
  'unexpected 100 Continue': { ...resolves(), why: 'Every 1xx response is ignored.' },
  'a chunked body without its last chunk': {
    ...rejects('bad-response', 'unknown', { status: 200 }),
    why: 'The end of a chunked body is its last chunk.',
  },
  407: {
    ...rejects('bad-request', 'refused', { status: 407 }),
    why: 'Without a proxy it is like any other 4xx.',
  },
  421: { ...rejects('bad-request', 'refused', { status: 421 }), why: 'A request is sent once.' },
}

async function meet(faults, fault) {
  const source = new Blob([(fault.content ?? SMALL).bytes()])
  const options = { token: TOKEN, endpoint: faults.endpoint(fault), fetch, ...fault.options }
  for (let times = fault.times ?? 1; times > 1; times -= 1)
    await resultOf(numbersPin, source, options, false)
  const result = await resultOf(numbersPin, source, options, false)
  const { why, ...expected } = DIFFERENT[fault.name] ?? expectedIn(fault, 'node')
  judge(fault, expected, result, faults.posts(fault))
  assert.equal(faults.strays.length, 0)
  // A settled call keeps no connection open, even if the service has not finished.
  for (const { request, closed } of faults.posts(fault)) {
    request.resume()
    await closed
  }
}

suite('the requests of the command line that meet a fault', { timeout: 300_000 }, () => {
  let faults
  before(async () => (faults = await startFaults()))
  after(() => faults.close())
  for (const fault of FAULTS)
    if (!STALLS.includes(fault)) test(fault.name, () => meet(faults, fault))
  suite('stalls', { concurrency: true }, () => {
    for (const stall of STALLS)
      test(stall.name, () => patiently(stall, (fault) => meet(faults, fault)))
  })
})

suite('the requests of the command line', { timeout: 60_000 }, () => {
  test('follow redirects without a body, but not in a circle', async (t) => {
    const { url, requests } = await serve(t, ({ url: path }, response) => {
      if (path === '/end') response.end('found')
      else response.writeHead(302, { location: path === '/circle' ? '/circle' : '/end' }).end()
    })
    assert.equal(await (await fetch(`${url}/start`)).text(), 'found')
    await assert.rejects(fetch(`${url}/circle`), /More than 20 redirects/)
    assert.equal(requests.length, 2 + 21)
    assert.equal((await fetch(url, { redirect: 'manual' })).status, 302)
    assert.equal((await fetch(url, { method: 'POST', body: 'x' })).status, 302)
  })

  for (const silent of ['a server', 'a proxy'])
    test(`fail as not sent if ${silent} says nothing before there is a connection`, async (t) => {
      const server = net.createServer((socket) => socket.once('data', () => reach()))
      t.after(() => server.close())
      await once(server.listen(0, '127.0.0.1'), 'listening')
      let reach
      t.mock.method(net.Socket.prototype, 'setTimeout', function (ms, run) {
        if (ms > 0) reach = run
        return this
      })
      const address = `127.0.0.1:${server.address().port}`
      const isProxy = silent === 'a proxy'
      t.after(() => delete process.env.https_proxy)
      if (isProxy) process.env.https_proxy = address
      const endpoint = isProxy ? 'https://example.invalid/' : `https://${address}/`
      const options = { token: TOKEN, endpoint, fetch, retries: 0, timeout: 0 }
      const error = await failure(numbersPin.pin(new Uint8Array(1), options))
      assert.deepEqual([error.code, error.outcome], ['network', 'not-sent'])
      assert.match(error.message, /did not answer within 10 s/)
    })

  test('request no compression, and decompress a compressed response', async (t) => {
    const { gzipSync } = await import('node:zlib')
    const { url, requests } = await serve(t, (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('text')),
    )
    assert.equal(await (await fetch(url)).text(), 'text')
    assert.equal(requests[0].headers['accept-encoding'], 'identity')
  })

  test('are cancelled when their signal aborts', async (t) => {
    const { url, hungUp } = await serve(t, (_, response) => response.write('a part'))
    const controller = new AbortController()
    const response = await fetch(url, { signal: controller.signal })
    controller.abort()
    await assert.rejects(response.text())
    await hungUp
  })
})
