import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { startFaults } from '../support/faults/server.js'
import { run } from './run.js'

suite('the outcome is not-sent', { timeout: 60_000 }, () => {
  for (const runtime of ['Bun', 'Deno'])
    for (const at of ['refused', 'refused by each address', 'unresolvable'])
      test(`if the endpoint is ${at}, in ${runtime}`, async (t) => {
        const faults = await startFaults([])
        t.after(() => faults.close())
        const said = await run(runtime, 'refused', [faults.endpoint({ name: at, at })])
        assert.deepEqual(said, { code: 'network', outcome: 'not-sent' })
      })
})
