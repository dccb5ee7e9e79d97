// Runs in Node and in a page.
import { limited } from '../support/limit.js'
import { AT_ONCE, ENDS, PINS, TOKEN, contentOf, kindOf } from './kinds.js'

/** The memory of the package's WebAssembly. The package must be imported after this, and after `limited`. */
let memory
const { instantiate } = WebAssembly
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate(...args)
  const exports = Object.values((made.instance ?? made).exports)
  memory = exports.find((each) => each instanceof WebAssembly.Memory) ?? memory
  return made
}
const { setTimeout, reach } = limited()
globalThis.setTimeout = setTimeout
const { PinError, pin } = await import('../../pkg/index.js')

/** The one signal of all pins. */
export const { signal } = new AbortController()

/** The bytes of the memory of WebAssembly. */
export const wasm = () => memory.buffer.byteLength

/** The result of each pin: an index in `ENDS`, or 255 if it is not in it or the receipt is wrong. */
export const ends = new Uint8Array(PINS)

/**
 * Sends the pins of these numbers, with limited concurrency. Every other one has onProgress, and is sent
 * in another way.
 *
 * @param {string[]} endpoints
 * @param {number} from
 * @param {number} to
 */
export async function pins(endpoints, from, to) {
  let next = from
  const line = async () => {
    while (next < to) {
      const nth = next++
      ends[nth] = ENDS.indexOf(await endOf(endpoints, nth))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, line))
}

/** Resolves when the service has processed an order that it does not answer. */
const taken = (endpoint, nth) => fetch(`${endpoint}?taken=${nth}`)

async function endOf([kept, broken], nth) {
  const { name, options } = kindOf(nth)
  const endpoint = name.startsWith('cut') || name === 'no response' ? broken : kept
  const onProgress = nth % 2 ? () => {} : undefined
  if (name === 'no response') taken(broken, nth).then(reach)
  const all = { token: TOKEN, endpoint, signal, onProgress, timeout: 0, ...options }
  try {
    const receipt = await pin(new Blob([contentOf(nth)]), all)
    return receipt.orderID === `order-${nth}` && receipt.verified && 'receipt'
  } catch (error) {
    return error instanceof PinError && error.outcome
  }
}
