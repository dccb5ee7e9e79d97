import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { PinError, pin } from '../../pkg/index.js'
import { SMALL, answer, json } from '../support/faults/answers.js'
import { service } from '../support/service.js'
import { failure } from '../support/failure.js'

const blob = new Blob([SMALL.bytes()])

/** The error of a pin that gets this response. Without verification the package adds no CID. */
async function answered(t, serve) {
  const { options } = await service(t, serve)
  return failure(pin(blob, { ...options, verify: false }))
}

suite('an error', { timeout: 60_000 }, () => {
  test('is an Error whose message has the status and the detail', async (t) => {
    const error = await answered(t, answer(402, 'Top up, please'))
    assert.ok(error instanceof PinError && error instanceof Error)
    assert.equal(error.name, 'PinError')
    assert.match(error.message, /funds.*402.*Top up, please/)
    assert.equal(String(error), `PinError: ${error.message}`)
    assert.ok(error.stack.includes(error.message))
    assert.equal(Object.prototype.toString.call(error), '[object Error]')
  })

  test('has only the fields that are known', async (t) => {
    const fields = async (serve) => ({ ...(await answered(t, serve)) })
    assert.deepEqual(await fields(answer(401)), {
      code: 'unauthorized',
      outcome: 'refused',
      status: 401,
    })
    assert.deepEqual(await fields(answer(429, 'later', { 'Retry-After': '7' })), {
      code: 'rate-limited',
      outcome: 'refused',
      status: 429,
      detail: 'later',
      retryAfter: 7,
    })
    assert.deepEqual(await fields(answer(500, 'oh')), {
      code: 'server',
      outcome: 'unknown',
      status: 500,
      detail: 'oh',
    })
    assert.deepEqual(
      { ...(await failure(pin(null, { token: 'x' }))) },
      {
        code: 'invalid-input',
        outcome: 'not-sent',
      },
    )
  })

  test('has a cause that is not enumerable, like every Error', async (t) => {
    const { options } = await service(t, ({ socket }) => socket.destroy())
    const error = await failure(pin(blob, options))
    assert.equal(error.cause.name, 'TypeError')
    assert.equal(Object.getOwnPropertyDescriptor(error, 'cause').enumerable, false)
    const without = await failure(pin(null, options))
    assert.equal(Object.hasOwn(without, 'cause'), false)
  })

  test('can be serialized as JSON', async (t) => {
    const error = await answered(t, json({ message: 'no' }, 403))
    assert.deepEqual(JSON.parse(JSON.stringify(error)), {
      name: 'PinError',
      message: error.message,
      code: 'forbidden',
      outcome: 'refused',
      status: 403,
      detail: '{"message":"no"}',
    })
  })

  test('quotes at most 300 characters of the response', async (t) => {
    const { detail, message } = await answered(t, answer(500, `  ${'é'.repeat(10_000)}`))
    assert.equal(detail, 'é'.repeat(300))
    assert.ok(message.length < 400)
  })

  test('mentions an HTML page instead of quoting it', async (t) => {
    for (const status of [200, 403, 502]) {
      const page = '<!DOCTYPE html><title>Blocked</title>'
      const { message } = await answered(t, answer(status, page))
      assert.match(message, /HTML/)
      assert.doesNotMatch(message, /Blocked/)
    }
  })

  test('has the target of a redirect in its message', async (t) => {
    const location = 'https://elsewhere.example/pin'
    const { message } = await answered(t, answer(308, '', { Location: location }))
    assert.ok(message.includes(location))
  })

  test('can be constructed by callers', () => {
    const error = new PinError('made', { code: 'aborted', outcome: 'unknown', cause: 7 })
    const { name, message, code, outcome, cause } = error
    assert.deepEqual(
      { name, message, code, outcome, cause },
      { name: 'AbortError', message: 'made', code: 'aborted', outcome: 'unknown', cause: 7 },
    )
  })
})

test('no fault prints anything, crashes the process or keeps it running', async () => {
  const file = join(import.meta.dirname, 'silent.js')
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], {
    timeout: 300_000,
  })
  assert.equal(stdout, '')
  assert.equal(stderr, '')
})
