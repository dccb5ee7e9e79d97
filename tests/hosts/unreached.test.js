import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { startFaults } from '../support/faults/server.js'
import { run } from './run.js'

suite('a host says that nothing was sent', { timeout: 60_000 }, () => {
  for (const host of ['Bun', 'Deno'])
    for (const at of ['refused', 'refused by each address', 'unresolvable'])
      test(`where the endpoint is ${at}, in ${host}`, async (t) => {
        const faults = await startFaults([])
        t.after(() => faults.close())
        const said = await run(host, 'refused', [faults.endpoint({ name: at, at })])
        assert.deepEqual(said, { code: 'network', outcome: 'not-sent' })
      })
})
