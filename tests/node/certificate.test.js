import assert from 'node:assert/strict'
import { once } from 'node:events'
import https from 'node:https'
import { test } from 'node:test'
import { generate } from 'selfsigned'
import { pin } from '../../pkg/index.js'
import { TOKEN } from '../support/faults/leaks.js'
import { failure } from '../support/failure.js'

test('sends nothing to a server with an untrusted certificate', { timeout: 60_000 }, async (t) => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  let orders = 0
  const server = https.createServer({ key, cert }, (_, response) => {
    orders++
    response.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const endpoint = `https://127.0.0.1:${server.address().port}/`
  const error = await failure(pin(new Blob(['x']), { token: TOKEN, endpoint, retries: 0 }))
  assert.deepEqual([error.code, error.outcome], ['network', 'not-sent'])
  assert.match(error.message, /CERT/)
  assert.equal(orders, 0)
})
