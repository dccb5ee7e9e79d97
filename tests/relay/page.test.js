import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { createRelay, toNodeHandler } from '../../pkg/relay/index.js'
import { launchChromium } from '../support/browser.js'
import { localGateway } from '../support/gateway.js'
import { site } from '../support/site.js'

let browser
before(async () => (browser = await launchChromium()))
after(() => browser.close())

/** Serves pages, and the relay at `/api/pin`. */
async function serve(t, relay) {
  const relayed = toNodeHandler(relay)
  const server = createServer((...exchange) =>
    (exchange[0].url === '/api/pin' ? relayed : site)(...exchange),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${server.address().port}`
}

/** Pins from a page, without and with progress, and returns both results. */
async function pinFrom(t, url, size, options) {
  const page = await browser.newPage()
  t.after(() => page.close())
  await page.goto(url)
  return page.evaluate(
    async ([size, options]) => {
      const { pin } = await import('/pkg/index.js')
      const ends = []
      for (const more of [{}, { onProgress() {} }])
        ends.push(
          await pin(new Blob([new Uint8Array(size)]), { ...options, ...more }).then(
            ({ verified }) => ({ verified }),
            ({ code, outcome, detail }) => ({ code, outcome, detail }),
          ),
        )
      return ends
    },
    [size, options],
  )
}

const token = 'local-token'
const twice = (end) => [end, end]

test('a page pins through the relay of its own origin without a token', async (t) => {
  const gateway = await localGateway(t)
  const url = await serve(t, createRelay({ token, endpoint: gateway.endpoint }))
  const ends = await pinFrom(t, url, 300_000, { endpoint: '/api/pin' })
  assert.deepEqual(ends, twice({ verified: true }))
  assert.equal(gateway.orders.length, 2)
})

test('a page of another origin pins with a session', async (t) => {
  const gateway = await localGateway(t)
  const page = await serve(t)
  const authorize = ({ headers }) => headers.get('Authorization') === 'token session'
  const { endpoint } = gateway
  const relay = createRelay({ token, authorize, allowOrigin: page, endpoint })
  const at = `${await serve(t, relay)}/api/pin`
  const good = await pinFrom(t, page, 11, { endpoint: at, token: 'session' })
  assert.deepEqual(good, twice({ verified: true }))
  const bad = await pinFrom(t, page, 11, { endpoint: at, token: 'guess' })
  const detail = '{"error":"Not authorized"}'
  assert.deepEqual(bad, twice({ code: 'forbidden', outcome: 'refused', detail }))
  assert.equal(gateway.orders.length, 2)
})

test('a page that is not listed cannot pin or read the response', async (t) => {
  const gateway = await localGateway(t)
  const page = await serve(t)
  const relay = createRelay({ token, authorize: () => true, endpoint: gateway.endpoint })
  const at = `${await serve(t, relay)}/api/pin`
  const ends = await pinFrom(t, page, 11, { endpoint: at, token: 'session' })
  assert.deepEqual(
    ends.map(({ code, detail }) => [code, detail]),
    twice(['network', undefined]),
  )
  assert.equal(gateway.orders.length, 0)
})

test('a page gets `too-large` for a file over the limit of the relay', async (t) => {
  const gateway = await localGateway(t)
  const url = await serve(t, createRelay({ token, maxSize: 1000, endpoint: gateway.endpoint }))
  const ends = await pinFrom(t, url, 20_000_000, { endpoint: '/api/pin' })
  assert.deepEqual(
    ends.map(({ code, outcome }) => [code, outcome]),
    twice(['too-large', 'refused']),
  )
  assert.equal(gateway.orders.length, 0)
})
