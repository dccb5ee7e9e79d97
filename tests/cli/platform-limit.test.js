import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fetch } from '../../pkg-template/cli/fetch.js'
import { shortenLimits } from '../support/platform-limit.js'
import { serve } from '../support/server.js'

test(
  'the requests of the command line wait longer than Node’s own time limit',
  { timeout: 60_000 },
  async (t) => {
    let giveUp
    const hasGivenUp = new Promise((resolve) => (giveUp = resolve))
    const { url } = await serve(t, async (request, response) => {
      if (request.url === '/platform') return request.on('close', giveUp)
      await hasGivenUp
      response.end('late')
    })
    await shortenLimits(t, { headersTimeout: 1 })
    const late = fetch(`${url}/own`)
    await assert.rejects(globalThis.fetch(`${url}/platform`), { message: 'fetch failed' })
    assert.equal(await (await late).text(), 'late')
  },
)
