import { parentPort, workerData } from 'node:worker_threads'
import { cidOf, pin, pinAll, verify } from '../../pkg/index.js'

const CID = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'
const options = { token: 'token-1234', endpoint: 'http://127.0.0.1:9/' }

/** An endless stream whose chunks are always available. */
const endless = (size) =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(size)) })

const aborted = () => {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 100)
  return controller.signal
}

async function* asynchronous(source) {
  for (;;) yield source
}
function* synchronous(source) {
  for (;;) yield source
}

const CASES = {
  'pin of empty chunks ends after its timeout': () => pin(endless(0), { ...options, timeout: 100 }),
  'pin of single bytes ends after its timeout': () =>
    pin(endless(1), { ...options, timeout: 100, maxSize: Infinity }),
  'cidOf of empty chunks ends after an abort': () => cidOf(endless(0), { signal: aborted() }),
  'cidOf of single bytes ends after an abort': () => cidOf(endless(1), { signal: aborted() }),
  'verify of empty chunks ends after an abort': () =>
    verify(endless(0), CID, { signal: aborted() }),
  'pin of a Response of empty chunks ends after its timeout': () =>
    pin(new Response(endless(0)), { ...options, timeout: 100 }),
  'pin whose response has empty chunks ends after an abort': () => {
    const controller = new AbortController()
    const fetch = async () => {
      setTimeout(() => controller.abort())
      return new Response(endless(0))
    }
    return pin(new Uint8Array(1), { ...options, fetch, signal: controller.signal })
  },
  'pinAll of an async generator of invalid sources ends after an abort': () =>
    pinAll(asynchronous(1), { ...options, signal: aborted() }),
  'pinAll of a generator of invalid sources ends after an abort': () =>
    pinAll(synchronous(1), { ...options, signal: aborted() }),
  'pinAll of an async generator of equal sources ends after an abort': () => {
    globalThis.fetch = async () => Response.json({ cid: CID })
    return pinAll(asynchronous(new Uint8Array(1)), { ...options, signal: aborted(), verify: false })
  },
}

const describe = ({ code, outcome }) => ({ code, outcome })
const result = await CASES[workerData]().then(() => 'resolved', describe)
parentPort.postMessage(result)
