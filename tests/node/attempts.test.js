import assert from 'node:assert/strict'
import { subscribe } from 'node:diagnostics_channel'
import { before, suite, test } from 'node:test'
import * as numbersPin from '../../pkg/index.js'
import { casesFor } from '../support/faults/cases.js'
import { outcomesOf } from '../support/faults/operations.js'
import { startScript } from '../support/faults/scripts.js'
import { checkCase } from '../support/faults/verdict.js'

const CASES = casesFor('node')

/** The running scripts, by port. */
const scripts = new Map()

// Called before the attempt fails, and so before a retry.
subscribe('undici:client:connectError', ({ connectParams }) =>
  scripts.get(Number(connectParams.port))?.refused(),
)

test('has at least 300 cases', () => assert.ok(CASES.length >= 300, `${CASES.length}`))

suite('the attempts of an order', { concurrency: 16, timeout: 600_000 }, () => {
  // Node loads its HTTP parser with the first connection, and misses when one is closed meanwhile.
  before(async () => {
    const script = await startScript([])
    await fetch(script.endpoint, { method: 'POST' })
    await script.close()
  })

  for (const each of CASES)
    test(each.name, async (t) => {
      const script = await startScript(each.steps)
      scripts.set(script.port, script)
      t.after(() => script.close())
      const options = { token: 'token', endpoint: script.endpoint, retries: each.retries }
      const met = await outcomesOf(numbersPin, { operation: each.operation, options })
      checkCase(each, 'node', met, script.attempts.length)
    })
})
