import assert from 'node:assert/strict'
import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer } from 'node:http'
import net from 'node:net'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { answer, json } from '../support/faults/answers.js'
import { RECEIPT, parts, service } from '../support/service.js'
import { TOKEN } from '../support/faults/leaks.js'
import { failure } from '../support/failure.js'
import { withoutProof } from '../support/faults/judge.js'
import { LONGEST_PAUSE } from './waiting.js'

const bytes = new TextEncoder().encode('the same bytes')

/** Responds with 429 to the first two orders. */
const busy = (exchange) =>
  (exchange.nth < 3 ? answer(429, 'later', { 'Retry-After': '0' }) : json(RECEIPT))(exchange)

const later = (seconds) => answer(429, 'later', { 'Retry-After': `${seconds}` })

/** A free port. */
async function free() {
  const server = net.createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

suite('a retried order', { timeout: 60_000 }, () => {
  for (const [name, source] of Object.entries({
    'a File': () => new File([bytes], 'x.txt', { type: 'text/plain' }),
    'a typed array': () => bytes,
    'a stream': () => new Blob([bytes]).stream(),
    'a Response': () => new Response(bytes),
  })) {
    for (const further of [{}, { onProgress() {} }]) {
      test(`sends the same request: ${name}${further.onProgress ? ', with onProgress' : ''}`, async (t) => {
        const { options, posts } = await service(t, busy)
        await pin(source(), { ...options, pin: false, ...further })
        assert.equal(posts.length, 3)
        const [first, ...others] = posts.map(parts)
        assert.equal(first[0].bytes.compare(bytes), 0)
        for (const other of others) assert.deepEqual(other, first)
      })
    }
  }

  test('sends the same request: a URL', async (t) => {
    const { options, posts } = await service(t, busy)
    await pin('https://example.org/x', options)
    const said = posts.map(({ body }) => body.toString())
    assert.deepEqual(said, Array(3).fill('{"fileURL":"https://example.org/x"}'))
  })

  test('calls the token function once', async (t) => {
    const { options, posts } = await service(t, busy)
    let asked = 0
    await pin(bytes, { ...options, token: () => (asked++, TOKEN) })
    assert.equal(asked, 1)
    assert.equal(posts.at(-1).request.headers.authorization, `token ${TOKEN}`)
  })

  test('is rejected if the signal aborts while it waits', async (t) => {
    const { options, posts } = await service(t, later(60))
    const controller = new AbortController()
    const waiting = new Promise((resolve) => {
      const { setTimeout } = globalThis
      t.mock.method(globalThis, 'setTimeout', (then, ms, ...args) => {
        if (ms > LONGEST_PAUSE / 2 && ms <= LONGEST_PAUSE) resolve()
        return setTimeout(then, ms, ...args)
      })
    })
    const order = pin(bytes, { ...options, signal: controller.signal })
    await waiting
    controller.abort()
    const { code, outcome } = await failure(order)
    assert.deepEqual({ code, outcome }, { code: 'aborted', outcome: 'refused' })
    assert.equal(posts.length, 1)
  })

  test('reaches a service that starts later', async (t) => {
    // No server listens on the local port of a connection. The port is requested by number: one that
    // the system chooses may be used for other connections too, and then a server could not listen on
    // it.
    const other = net.createServer((socket) => socket.on('error', () => {}))
    const port = await free()
    await once(other.listen(0, '127.0.0.1'), 'listening')
    const holder = net.connect({
      host: '127.0.0.1',
      port: other.address().port,
      localAddress: '127.0.0.1',
      localPort: port,
    })
    await once(holder, 'connect')
    t.after(() => {
      holder.resetAndDestroy()
      other.close()
    })

    let orders = 0
    const server = createServer((request, response) => {
      orders++
      request.resume().on('end', () => response.end(JSON.stringify(RECEIPT)))
    })
    t.after(() => server.close())

    const refused = new Promise((resolve) => subscribe('undici:client:connectError', resolve))
    const order = pin(bytes, { token: TOKEN, endpoint: `http://127.0.0.1:${port}/`, retries: 4 })
    await refused
    await once(server.listen(port, '127.0.0.1'), 'listening')
    assert.deepEqual(withoutProof(await order), RECEIPT)
    assert.equal(orders, 1)
  })
})
