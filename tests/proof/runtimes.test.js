import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const HOST = fileURLToPath(new URL('runtime.js', import.meta.url))

/** Runs runtime.js; its exit code says whether all CIDs were right. */
async function runHost(has) {
  const { stdout } = await promisify(execFile)(process.execPath, [HOST, has])
  return JSON.parse(stdout)
}

test('a host whose only SHA-256 is crypto.subtle gives the same CIDs', async () => {
  const { wrong, digests } = await runHost('subtle')
  assert.deepEqual(wrong, [])
  assert.notEqual(digests, 0)
})

test('so does one with another Promise than that of the runtime', async () => {
  const { wrong, digests } = await runHost('zone')
  assert.deepEqual(wrong, [])
  assert.notEqual(digests, 0)
})

test('a host without any SHA-256 gives the same CIDs', async () => {
  const { wrong, digests } = await runHost('none')
  assert.deepEqual(wrong, [])
  assert.equal(digests, 0)
})

test('so does a host whose next turn is a timer', async () => {
  const { wrong } = await runHost('timers')
  assert.deepEqual(wrong, [])
})
