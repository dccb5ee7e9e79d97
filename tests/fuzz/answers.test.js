import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { SMALL } from '../support/faults/answers.js'
import { TOKEN } from '../support/faults/leaks.js'
import { answers } from './answers.js'
import { replaceFetch } from './fetch.js'
import { holds } from './property.js'
import { checkError, checkProof, checkReceipt } from './settled.js'

const HOUR = 3_600_000

function respond({ status, headers, body, way, ...failed }) {
  if ('failure' in failed) throw failed.failure
  const empty = [204, 205, 304].includes(status)
  return new Response(empty ? null : way ? inPieces(body, way) : body, { status, headers })
}

function inPieces(bytes, { piece, breaks }) {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += piece)))
      else if (breaks) controller.error(new TypeError('terminated'))
      else controller.close()
    },
  })
}

test('any response results in a receipt, or in an error with the right outcome', async (t) => {
  let answer
  let orders = 0
  replaceFetch(t, async () => {
    orders++
    return respond(answer)
  })
  const source = new Blob([SMALL.bytes()])
  const calls = fc.record({
    answer: answers,
    verify: fc.constantFrom(true, true, false, 'require'),
    heard: fc.boolean(),
  })
  await holds(t, 60_000, calls, async ({ verify, heard, ...call }) => {
    answer = call.answer
    orders = 0
    // It must not retry if it would have to wait.
    const retries = answer.headers?.['Retry-After'] === '0' ? 2 : 0
    const options = { token: TOKEN, endpoint: 'http://127.0.0.1/', verify, retries, timeout: HOUR }
    if (heard) options.onProgress = () => {}
    const [{ value, reason }] = await Promise.allSettled([pin(source, options)])
    const { status } = answer
    const good = status >= 200 && status <= 299
    if (value) {
      assert.ok(good)
      checkReceipt(value)
      if (verify !== false) checkProof(value)
    } else {
      checkError(reason)
      const { outcome } = reason
      if (outcome === 'not-sent') assert.ok('failure' in answer)
      if (outcome === 'refused') assert.ok(status >= 300 && status <= 499)
      if (outcome === 'pinned') assert.ok(good)
    }
    assert.equal(orders, status === 429 ? 1 + retries : 1)
  })
})
