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

/** Pins where a fault is and compares what came of it with the table. */
async function meet(faults, fault, hosts, heard) {
  const source = new Blob([(fault.content ?? SMALL).bytes()])
  const options = { token: TOKEN, endpoint: faults.endpoint(fault), ...fault.options }
  for (let times = fault.times ?? 1; times > 1; times--) {
    await resultOf(numbersPin, source, options, heard)
    // Node uses a connection again only in a later turn of its loop.
    await setImmediate()
  }
  const result = await resultOf(numbersPin, source, options, heard)
  judge(fault, expectedIn(fault, ...hosts), result, faults.posts(fault))
  assert.equal(faults.strays.length, 0)
  assert.equal(Object.prototype.polluted, undefined)
  // A call that has ended holds no connection, whatever the service still wants to say.
  for (const { request, closed } of faults.posts(fault)) {
    request.resume()
    await closed
  }
}

// With progress, the body of the request is another one.
for (const [name, hosts, heard] of [
  ['a pin that meets a fault', ['node'], false],
  ['a pin that tells its progress and meets a fault', ['node', 'node with progress'], true],
]) {
  suite(name, { timeout: 300_000 }, () => {
    let faults
    before(async () => (faults = await startFaults()))
    after(() => faults.close())

    for (const fault of FAULTS)
      if (!STALLS.includes(fault)) test(fault.name, () => meet(faults, fault, hosts, heard))

    suite('that is a stall', { concurrency: true }, () => {
      for (const stall of STALLS)
        test(stall.name, () =>
          patiently(faults, stall, (fault) => meet(faults, fault, hosts, heard)),
        )
    })
  })
}
