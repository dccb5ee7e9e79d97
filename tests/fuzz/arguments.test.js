import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as numbersPin from '../../pkg/index.js'
import { RECEIPT } from '../support/faults/answers.js'
import { functionsOf } from '../support/functions.js'
import { replaceFetch } from './fetch.js'
import { cids, optionsFor, reveal, sources } from './options.js'
import { holds } from './property.js'
import { checkError, checkReceipt } from './settled.js'

const CHECKS = {
  pin: checkReceipt,
  pinAll: (results) =>
    results.forEach(({ value, reason }) => (value ? checkReceipt(value) : checkError(reason))),
  cidOf: (cid) => assert.equal(typeof cid, 'string'),
  verify({ verified, profile, computed }) {
    assert.equal(typeof verified, 'boolean')
    assert.equal(verified, profile !== null)
    assert.ok(computed === null || typeof computed === 'string')
  },
  download: (blob) => assert.ok(blob instanceof Blob),
  locate: (answer) => assert.ok(['present', 'absent', 'unknown'].includes(answer)),
}

test('any arguments result in a valid value or a PinError, and invalid input sends nothing', async (t) => {
  let requests = 0
  replaceFetch(t, async () => {
    requests++
    return Response.json(RECEIPT)
  })
  assert.deepEqual(functionsOf(numbersPin).sort(), Object.keys(CHECKS).sort())
  const call = async (name) =>
    fc.record({
      name: fc.constant(name),
      source: sources,
      cid: cids,
      options: await optionsFor(name),
    })
  const calls = fc.oneof(...(await Promise.all(Object.keys(CHECKS).map(call))))
  await holds(t, 30_000, calls, async ({ name, ...args }) => {
    requests = 0
    const [source, cid, options] = [args.source, args.cid, args.options].map(reveal)
    const subject = {
      pinAll: [[source, source]],
      verify: [source, cid],
      download: [cid],
      locate: [cid],
    }
    const call = numbersPin[name](...(subject[name] ?? [source]), options)
    const [{ status, value, reason }] = await Promise.allSettled([call])
    if (status === 'fulfilled') CHECKS[name](value)
    else {
      checkError(reason)
      if (reason.code === 'invalid-input') assert.equal(requests, 0)
    }
  })
})
