import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { SMALL } from '../support/faults/answers.js'
import { TOKEN } from '../support/faults/leaks.js'
import { wire } from './answers.js'
import { holds } from './property.js'
import { checkError, checkProof, checkReceipt } from './settled.js'

let answer
let orders = 0
const server = createServer((request) => {
  orders++
  request.resume().on('end', () => request.socket.end(answer))
})
before(() => once(server.listen(0, '127.0.0.1'), 'listening'))
after(() => server.close())

test('any bytes as response result in a receipt or a PinError', async (t) => {
  const source = new Blob([SMALL.bytes()])
  const endpoint = `http://127.0.0.1:${server.address().port}/`
  await holds(t, 10_000, wire, async (bytes) => {
    answer = bytes
    orders = 0
    const call = pin(source, { token: TOKEN, endpoint, retries: 0 })
    const [{ value, reason }] = await Promise.allSettled([call])
    if (value) {
      checkReceipt(value)
      checkProof(value)
    } else {
      checkError(reason)
      assert.notEqual(reason.outcome, 'not-sent')
    }
    // Node retries automatically after 421, the wrong server.
    assert.equal(orders, reason?.status === 421 ? 2 : 1)
  })
})
