import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { suite, test } from 'node:test'
import { RECEIPT } from '../support/service.js'
import { run } from './run.js'

/** A service that reads the second order completely, and resets its connection, which the first has used. */
async function breaking(t) {
  const sockets = []
  const server = createServer(async (request, response) => {
    const nth = sockets.push(request.socket)
    await request.toArray()
    if (nth === 1) response.end(JSON.stringify(RECEIPT))
    else request.socket.resetAndDestroy()
  })
  t.after(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { endpoint: `http://127.0.0.1:${server.address().port}/`, sockets }
}

suite('does not retry an order when a reused connection breaks', { timeout: 60_000 }, () => {
  for (const runtime of ['Deno', 'Bun']) {
    for (const what of ['a small Blob', 'a large Blob', 'a URL']) {
      test(`of ${what}, in ${runtime}`, async (t) => {
        const { endpoint, sockets } = await breaking(t)
        const error = await run(runtime, 'twice', [endpoint, what])
        assert.deepEqual(error, { code: 'network', outcome: 'unknown' })
        assert.equal(sockets[1], sockets[0], 'the connection was not kept')
        assert.equal(sockets.length, 2)
      })
    }
  }
})
