import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { startFaults } from '../support/faults/server.js'

const HINT = /; (\w+) is set, but Node uses it only with NODE_USE_ENV_PROXY=1$/

/** The message of a pin with these variables in the environment. */
async function messageWith(t, env, at) {
  const faults = await startFaults([])
  t.after(() => faults.close())
  const endpoint = faults.endpoint({ name: at, at })
  const names = Object.keys(env)
  Object.assign(process.env, env)
  t.after(() => names.forEach((name) => delete process.env[name]))
  return (await failure(pin(new Blob(['x']), { token: 'token-1234', endpoint, retries: 0 })))
    .message
}

suite('the message of a failed connection', { timeout: 60_000 }, () => {
  for (const name of ['HTTPS_PROXY', 'http_proxy'])
    test(`names ${name}, which Node ignores`, async (t) => {
      const message = await messageWith(t, { [name]: 'http://me:secret@proxy.example' }, 'refused')
      assert.equal(HINT.exec(message)?.[1], name)
      assert.doesNotMatch(message, /secret|proxy\.example/)
    })

  test('names no variable if none is set or Node uses it', async (t) => {
    assert.doesNotMatch(await messageWith(t, {}, 'refused'), HINT)
    const env = { HTTPS_PROXY: 'http://proxy.example', NODE_USE_ENV_PROXY: '1' }
    assert.doesNotMatch(await messageWith(t, env, 'refused'), HINT)
  })

  test('names no variable if a connection was established', async (t) => {
    const message = await messageWith(t, { HTTPS_PROXY: 'http://proxy.example' }, 'resetting')
    assert.doesNotMatch(message, HINT)
  })
})
