import assert from 'node:assert/strict'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** Runs a case in a thread of its own, which can be ended even if it never gives the runtime a turn. */
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
  'pin of empty chunks ends at its time limit': TIMED_OUT,
  'pin of single bytes ends at its time limit': TIMED_OUT,
  'cidOf of empty chunks ends with its signal': ABORTED,
  'cidOf of single bytes ends with its signal': ABORTED,
  'verify of empty chunks ends with its signal': ABORTED,
  'pin of a Response of empty chunks ends at its time limit': TIMED_OUT,
  'pin whose response has empty chunks ends with its signal': {
    code: 'aborted',
    outcome: 'unknown',
  },
  'pinAll of an async generator of wrong sources ends with its signal': 'resolved',
  'pinAll of a generator of wrong sources ends with its signal': 'resolved',
  'pinAll of an async generator of equal sources ends with its signal': 'resolved',
}

suite('what never pauses does not keep a limit from firing', { timeout: 120_000 }, () => {
  for (const [name, expected] of Object.entries(CASES))
    test(name, async (t) => assert.deepEqual(await inThread(name, t), expected))
})
