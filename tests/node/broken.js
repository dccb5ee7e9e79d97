// Runs in a worker of broken.test.js: calls every function while a global is broken, and reports the
// result of each call.
import { parentPort, workerData } from 'node:worker_threads'

const { name, way, isEarly, url } = workerData
const PACKAGE = new URL('../../pkg/index.js', import.meta.url).href

const raw = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e'
const bytes = new TextEncoder().encode('hello world')
const large = new Blob([new Uint8Array(100_000)])
const token = 'token'
const CALLS = {
  'pin of bytes': ({ pin }, endpoint) => pin(bytes, { token, endpoint }),
  'pin of a large Blob': ({ pin }, endpoint) => pin(large, { token, endpoint }),
  'pin of a URL': ({ pin }, endpoint) => pin('https://example.org/x', { token, endpoint }),
  'pin with onProgress': ({ pin }, endpoint) => pin(large, { token, endpoint, onProgress() {} }),
  pinAll: ({ pinAll }, endpoint) => pinAll([bytes], { token, endpoint }),
  cidOf: ({ cidOf }) => cidOf(large),
  verify: ({ verify }) => verify(bytes, raw),
  download: ({ download }, gateway) => download(raw, { gateway }),
  locate: ({ locate }, gateway) => locate(raw, { gateway }),
}

const fails = () => {
  throw new RangeError(`${name} is broken`)
}
const WAYS = {
  deleted: () => delete globalThis[name],
  'a getter that throws': (define) => define({ get: fails }),
  'a function that throws': (define) =>
    define({
      value: function () {
        fails()
      },
      writable: true,
    }),
}

const { getOwnPropertyDescriptor, defineProperty } = Object
const global = globalThis

/** Breaks the global, and returns a function that restores it. */
function broken() {
  const own = getOwnPropertyDescriptor(global, name)
  WAYS[way]((change) => defineProperty(global, name, { configurable: true, ...change }))
  return () => {
    if (own) defineProperty(global, name, own)
    else delete global[name]
  }
}

/** Whether the runtime's own `fetch` works. */
const { fetch } = global
const canFetch = async () => {
  try {
    await (await fetch(`${url}/control`, { method: 'POST', body: bytes })).text()
    return true
  } catch {
    return false
  }
}

const early = isEarly ? undefined : await import(PACKAGE)
// In flight before the global breaks; its receipt must still arrive.
const held = early?.pin(bytes, { token, endpoint: `${url}/held` })
if (held) {
  parentPort.postMessage({ isReady: true })
  await new Promise((resolve) => parentPort.once('message', resolve))
}

const ends = []
const restore = broken()
let importing
try {
  const numbersPin = early ?? (await import(PACKAGE))
  for (const call in CALLS) {
    let error
    let value
    try {
      value = await CALLS[call](numbersPin, `${url}/${call}`)
      error = call === 'pinAll' ? value[0].reason : undefined
    } catch (thrown) {
      error = thrown
    }
    ends[ends.length] = { call, error }
  }
} catch (error) {
  importing = error
}
const isWorking = await canFetch()
restore()

const { PinError } = await import(PACKAGE)
parentPort.postMessage({
  canFetch: isWorking,
  importing: importing && String(importing),
  ends: ends.map(({ call, error }) => ({
    call,
    hasFailed: error !== undefined,
    isPinError: error instanceof PinError,
    said: error && `${error.name}: ${error.message}`,
    ...(error && { code: error.code, outcome: error.outcome }),
  })),
})
if (held) parentPort.postMessage({ cid: (await held).cid })
// A `fetch` without timers may keep its connections for minutes.
process.exit()
