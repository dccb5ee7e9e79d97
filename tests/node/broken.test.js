import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { after, before, suite, test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import * as numbersPin from '../../pkg/index.js'
import { SMALL } from '../support/faults/answers.js'
import { RECEIPT } from '../support/faults/steps.js'
import { functionsOf } from '../support/functions.js'
import { globalsOf } from './globals.js'

/** The globals that the package uses, except those of JavaScript itself, which every runtime has. */
const JAVASCRIPT = runInNewContext('Object.getOwnPropertyNames(globalThis)')
const PACKAGE = readFileSync(new URL('../../pkg/index.js', import.meta.url), 'utf8')
const GLOBALS = globalsOf(PACKAGE).filter((name) => !JAVASCRIPT.includes(name))

const WAYS = ['deleted', 'a getter that throws', 'a function that throws']

/** Missing globals for which orders reject with another code than `unsupported`. */
const ELSE = { URL: 'invalid-input' }

let url
/** The number of requests by path, and the paused responses. */
const requests = new Map()
const held = new Map()
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url)
  requests.set(path, (requests.get(path) ?? 0) + 1)
  request.resume().on('end', () => {
    if (path.endsWith('/held')) return held.get(path)(response)
    const isOrder = request.method === 'POST'
    response.setHeader('Connection', 'close')
    response.end(isOrder ? JSON.stringify(RECEIPT) : SMALL.bytes())
  })
})
before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${server.address().port}`
})
after(() => {
  server.close()
  server.closeAllConnections()
})

/** Calls every function while a global is broken, in a worker. */
async function calls(t, name, way, isEarly) {
  const path = `/${name}/${way}/${isEarly}`
  const ordered = new Promise((resolve) => held.set(`${path}/held`, resolve))
  const worker = new Worker(new URL('broken.js', import.meta.url), {
    workerData: { name, way, isEarly, url: url + path },
    stdout: true,
    stderr: true,
  })
  t.after(() => worker.terminate())
  const printed = []
  for (const stream of [worker.stdout, worker.stderr])
    stream.on('data', (data) => printed.push(`${data}`))
  const exited = once(worker, 'exit')
  const messages = []
  const ended = new Promise((resolve, reject) => {
    worker.on('error', reject)
    exited.then(() => resolve())
    worker.on('message', async (message) => {
      if (message.isReady) {
        const response = await ordered
        held.set(path, response)
        return worker.postMessage('go')
      }
      if (message.ends) held.get(path)?.end(JSON.stringify(RECEIPT))
      messages.push(message)
    })
  })
  await ended
  const [result, receipt] = messages
  return { result, receipt, printed, count: (call) => requests.get(`${path}/${call}`) ?? 0 }
}

/** Checks what is true for every call, whichever global is broken. */
function check({ result, receipt, printed, count }, name, way, isEarly) {
  assert.ok(result, 'a call hangs')
  assert.deepEqual(printed, [])
  assert.equal(result.importing, undefined)
  const called = new Set(result.ends.map(({ call }) => call.split(' ')[0]))
  assert.deepEqual([...called].sort(), functionsOf(numbersPin).sort())
  for (const { call, hasFailed, isPinError, said, code, outcome } of result.ends) {
    const isOrder = call.startsWith('pin')
    const sent = isOrder ? count(call) : 0
    assert.ok(sent <= 1, `${call} was ordered ${sent} times`)
    if (!hasFailed) continue
    assert.ok(isPinError && code !== 'internal', `${call}: ${said}`)
    if (outcome === 'not-sent') assert.equal(sent, 0, call)
    // If the runtime's own `fetch` needs the global, its failure has an unknown outcome.
    const isFetchBroken = !result.canFetch && code === 'network'
    if (way === 'deleted' && isOrder && !isFetchBroken)
      assert.deepEqual(
        [code, outcome],
        [(!isEarly && ELSE[name]) || 'unsupported', 'not-sent'],
        said,
      )
  }
  if (!isEarly) assert.equal(receipt?.cid, RECEIPT.cid, 'the receipt of the order under way')
}

for (const [when, isEarly] of [
  ['while an order is in flight', false],
  ['before the package is loaded', true],
]) {
  suite(`a global that is broken ${when}`, { concurrency: 4, timeout: 900_000 }, () => {
    for (const name of GLOBALS)
      for (const way of isEarly ? ['deleted'] : WAYS)
        test(`${name}: ${way}`, { timeout: 120_000 }, async (t) =>
          check(await calls(t, name, way, isEarly), name, way, isEarly),
        )
  })
}
