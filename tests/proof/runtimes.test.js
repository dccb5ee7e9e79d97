import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const PROGRAM = fileURLToPath(new URL('runtime.js', import.meta.url))

/** Whether a file of several chunks has the CID of its raw block, and another file has it too. */
const VERIFIES = [true, false]

/** Runs runtime.js, and resolves to its output. */
async function runWith(has) {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, has])
  return JSON.parse(stdout)
}

test('computes the same CIDs if the only SHA-256 is crypto.subtle', async () => {
  const { wrong, digests, whole } = await runWith('subtle')
  assert.deepEqual(wrong, [])
  assert.deepEqual(whole, VERIFIES)
  assert.notEqual(digests, 0)
})

test('computes the same CIDs with a replaced Promise (zone.js)', async () => {
  const { wrong, digests } = await runWith('zone')
  assert.deepEqual(wrong, [])
  assert.notEqual(digests, 0)
})

test('computes the same CIDs without any SHA-256', async () => {
  const { wrong, digests, whole } = await runWith('none')
  assert.deepEqual(wrong, [])
  assert.deepEqual(whole, VERIFIES)
  assert.equal(digests, 0)
})

test('computes the same CIDs with all of Node', async () => {
  const { wrong, whole } = await runWith('node')
  assert.deepEqual(wrong, [])
  assert.deepEqual(whole, VERIFIES)
})

test('computes the same CIDs if only timers yield', async () => {
  const { wrong } = await runWith('timers')
  assert.deepEqual(wrong, [])
})
