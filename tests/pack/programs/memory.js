import { PinError, cidOf, pin, pinAll, verify } from 'numbers-pin'
import { report, settings } from './report.js'
import { BYTES, use } from './use.js'

/** Memory that functions of browsers reject: shared or resizable. */
const memories = [
  new WebAssembly.Memory({ initial: 5, maximum: 5, shared: true }).buffer,
  new WebAssembly.Memory({ initial: 5 }).buffer,
  new ArrayBuffer(BYTES.length, { maxByteLength: 400_000 }),
]

const expected = await cidOf(BYTES)

function check(is, what) {
  if (!is) throw new Error(what)
}

async function order(memory) {
  const view = new Uint8Array(memory, 0, BYTES.length)
  view.set(BYTES)
  const stream = () =>
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < view.length; at += 50_000)
          controller.enqueue(view.subarray(at, at + 50_000))
        controller.close()
      },
    })
  check((await cidOf(view)) === expected, 'cidOf')
  check((await cidOf(stream())) === expected, 'cidOf a stream')
  check((await verify(view, expected)).verified, 'verify')

  const pinned = async (source, options) => {
    const [{ value, reason }] = await pinAll([source], options)
    if (reason) throw reason
    return value
  }
  const ways = [
    (_, options) => pin(view, options),
    (_, options) => pin(view, { ...options, onProgress() {} }),
    (_, options) => pin(stream(), options),
    (_, options) => pinned(view, options),
    (_, options) => pinned({ source: view }, { ...options, onProgress() {} }),
  ]
  const uses = []
  for (const pin of ways) uses.push(await use({ PinError, pin }, settings().endpoint))
  return uses
}

report((await Promise.all(memories.map(order))).flat())
