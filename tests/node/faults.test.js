import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import * as numbersPin from '../../pkg/index.js'
import { SMALL } from '../support/faults/answers.js'
import { judge } from '../support/faults/judge.js'
import { TOKEN } from '../support/faults/leaks.js'
import { resultOf } from '../support/faults/result.js'
import { startFaults } from '../support/faults/server.js'
import { STALLS, patiently } from '../support/faults/stalls.js'
import { FAULTS, expectedIn } from '../support/faults/table.js'

/** Pins at an endpoint with a fault, and compares the result with the table. */
async function meet(faults, fault, runtimes, heard) {
  const source = new Blob([(fault.content ?? SMALL).bytes()])
  const options = { token: TOKEN, endpoint: faults.endpoint(fault), ...fault.options }
  for (let times = fault.times ?? 1; times > 1; times--) {
    await resultOf(numbersPin, source, options, heard)
    // Node reuses a connection only in a later turn of its event loop.
    await setImmediate()
  }
  const result = await resultOf(numbersPin, source, options, heard)
  judge(fault, expectedIn(fault, ...runtimes), result, faults.posts(fault))
  assert.equal(faults.strays.length, 0)
  assert.equal(Object.prototype.polluted, undefined)
  // A settled call keeps no connection open, even if the service has not finished.
  for (const { request, closed } of faults.posts(fault)) {
    request.resume()
    await closed
  }
}

// With onProgress, the body of the request is another one.
for (const [name, runtimes, heard] of [
  ['a pin that meets a fault', ['node'], false],
  ['a pin with onProgress that meets a fault', ['node', 'node with progress'], true],
]) {
  suite(name, { timeout: 300_000 }, () => {
    let faults
    before(async () => (faults = await startFaults()))
    after(() => faults.close())

    for (const fault of FAULTS)
      if (!STALLS.includes(fault)) test(fault.name, () => meet(faults, fault, runtimes, heard))

    suite('stalls', { concurrency: true }, () => {
      for (const stall of STALLS)
        test(stall.name, () => patiently(stall, (fault) => meet(faults, fault, runtimes, heard)))
    })
  })
}
