import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { failure } from '../support/failure.js'
import { shortenLimits } from '../support/platform-limit.js'
import { service, silence } from '../support/service.js'

suite('the time limit of Node’s own fetch', { timeout: 60_000 }, () => {
  for (const [what, limits, serve, code] of [
    ['headers', { headersTimeout: 1 }, silence, 'network'],
    [
      'a body',
      { bodyTimeout: 1 },
      ({ response }) => response.writeHead(200).write('{'),
      'bad-response',
    ],
  ])
    test(`ends a call without a timeout that waits for ${what}: outcome unknown`, async (t) => {
      const { options } = await service(t, serve)
      await shortenLimits(t, limits)
      const error = await failure(pin(new Blob(['x']), { ...options, timeout: 0 }))
      assert.deepEqual([error.code, error.outcome], [code, 'unknown'])
    })
})
