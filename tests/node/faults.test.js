import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { pin } from '../../pkg/index.js'
import { SMALL } from '../faults/answers.js'
import { startFaults } from '../faults/server.js'
import { STALLS } from '../faults/stalls.js'
import { FAULTS, expectedIn } from '../faults/table.js'
import { TOKEN, facts, failure, leaks, withoutProof } from './settle.js'

/** Pins where a fault is and compares what came of it with the table. */
async function meet(faults, fault, hosts, further) {
  const { posts, resolves, ...expected } = expectedIn(fault, ...hosts)
  const content = fault.content ?? SMALL
  const source = new Blob([content.bytes()])
  const options = { token: TOKEN, endpoint: faults.endpoint(fault), ...fault.options, ...further }
  for (let times = fault.times ?? 1; times > 1; times--) {
    await pin(source, options)
    // Node uses a connection again only in a later turn of its loop.
    await setImmediate()
  }
  const order = pin(source, options)

  if (resolves) {
    const receipt = await order
    assert.deepEqual(withoutProof(receipt), resolves)
    assert.equal(Object.getPrototypeOf(receipt), Object.prototype)
    assert.equal(receipt.verified, true)
  } else {
    const error = await failure(order)
    assert.deepEqual(facts(error), facts(expected))
    assert.ok(error.message.length > 10)
    assert.ok((error.detail ?? '').length <= 300)
    assert.deepEqual(leaks(error), [])
    // Whoever has to look for the order knows what to look for.
    if (error.outcome === 'unknown') assert.equal(error.cid, content.cid)
  }
  assert.equal(faults.posts(fault).length, posts)
  assert.equal(faults.strays.length, 0)
  assert.equal(Object.prototype.polluted, undefined)
  // A call that has ended holds no connection, whatever the service still wants to say.
  for (const { request, closed } of faults.posts(fault)) {
    request.resume()
    await closed
  }
}

// With progress, the body of the request is another one.
for (const [name, hosts, further] of [
  ['a pin that meets a fault', ['node']],
  [
    'a pin that tells its progress and meets a fault',
    ['node', 'node with progress'],
    { onProgress() {} },
  ],
]) {
  suite(name, { timeout: 60_000 }, () => {
    let faults
    before(async () => (faults = await startFaults()))
    after(() => faults.close())

    for (const fault of FAULTS)
      if (!STALLS.includes(fault)) test(fault.name, () => meet(faults, fault, hosts, further))

    suite('that is a stall', { concurrency: true }, () => {
      for (const fault of STALLS) test(fault.name, () => meet(faults, fault, hosts, further))
    })
  })
}
