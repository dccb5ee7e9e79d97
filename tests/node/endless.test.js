import assert from 'node:assert/strict'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** Runs a case in a worker, which can be terminated even if it never yields to the event loop. */
async function inThread(name, t) {
  const worker = new Worker(fileURLToPath(new URL('endless-worker.js', import.meta.url)), {
    workerData: name,
  })
  t.after(() => worker.terminate())
  const [result] = await once(worker, 'message')
  return result
}

const TIMED_OUT = { code: 'timeout', outcome: 'not-sent' }
const ABORTED = { code: 'aborted', outcome: 'not-sent' }

const CASES = {
  'pin of empty chunks ends after its timeout': TIMED_OUT,
  'pin of single bytes ends after its timeout': TIMED_OUT,
  'cidOf of empty chunks ends after an abort': ABORTED,
  'cidOf of single bytes ends after an abort': ABORTED,
  'verify of empty chunks ends after an abort': ABORTED,
  'pin of a Response of empty chunks ends after its timeout': TIMED_OUT,
  'pin whose response has empty chunks ends after an abort': {
    code: 'aborted',
    outcome: 'unknown',
  },
  'pinAll of an async generator of invalid sources ends after an abort': 'resolved',
  'pinAll of a generator of invalid sources ends after an abort': 'resolved',
  'pinAll of an async generator of equal sources ends after an abort': 'resolved',
}

suite('timeout and signal work if a source never yields', { timeout: 120_000 }, () => {
  for (const [name, expected] of Object.entries(CASES))
    test(name, async (t) => assert.deepEqual(await inThread(name, t), expected))
})
