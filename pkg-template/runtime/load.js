import { start } from './instance.js'
import { PinError } from './error.js'
import { snapshot } from './snapshot.js'
import { native } from './value.js'

/** The compiled module. A fresh instance after a panic needs no second compilation. */
let compiled

/** The promise of the instance that all calls share. */
let shared

/**
 * Calls a Rust function. The first call starts an instance, and so does the first call after a panic
 * or after a failed start.
 *
 * @param {WebAssembly.Module | (() => BufferSource | Promise<BufferSource>)} module the compiled
 *   module, or a function that returns its bytes
 * @param {string} name
 * @param {unknown[]} args copied now: later changes have no effect
 * @param {boolean} [charges] whether the service may charge for the call
 * @returns {Promise<any>}
 */
export async function call(module, name, args, charges = false) {
  const copies = snapshot(args)
  return (await running(module)).call(name, copies, charges)
}

async function running(module) {
  const attempt = (shared ??= compileAndStart(module))
  try {
    const instance = await attempt
    if (!instance.hasTrapped()) return instance
  } catch (cause) {
    forget(attempt)
    throw new PinError(reason(cause), { code: 'unsupported', outcome: 'not-sent', cause })
  }
  forget(attempt)
  return running(module)
}

function forget(attempt) {
  if (shared === attempt) shared = undefined
}

/** What is needed besides WebAssembly and `fetch`. React Native has less. */
const NEEDED = ['Blob', 'URL', 'crypto']

async function compileAndStart(module) {
  compiled ??= typeof module === 'function' ? await WebAssembly.compile(await module()) : module
  for (const name of NEEDED) native(name)
  return start(compiled)
}

function reason(cause) {
  return /Content Security Policy|unsafe-eval|blocked by CSP/i.test(cause)
    ? "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src"
    : `numbers-pin could not start its WebAssembly here: ${cause?.message ?? cause}`
}
