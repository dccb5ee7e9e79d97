import { start } from './instance.js'
import { PinError } from './error.js'
import { snapshot } from './snapshot.js'
import { cryptography, native } from './value.js'

/** The compiled module, which a new instance after a panic reuses. */
let compiled

/** The promise of the instance, which all calls share. */
let shared

/**
 * Calls a Rust function. The first call starts an instance, as does the first call after a panic or a failed
 * start.
 *
 * @param {WebAssembly.Module | (() => BufferSource | Promise<BufferSource>)} module the compiled
 *   module, or a function that returns its bytes
 * @param {string} name
 * @param {unknown[]} args are copied: later changes have no effect
 * @param {boolean} [charges] whether the API may charge for the call
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

async function compileAndStart(module) {
  const compiling =
    compiled ?? (typeof module === 'function' ? WebAssembly.compile(await module()) : module)
  // Node loads what is needed while the module is compiled in another thread.
  ;[compiled] = await Promise.all([compiling, checkRuntime()])
  return start(compiled)
}

/** Throws if something is missing that is needed besides WebAssembly and `fetch`. React Native has less. */
async function checkRuntime() {
  native('Blob')
  native('URL')
  cryptography()
}

function reason(cause) {
  return /Content Security Policy|unsafe-eval|blocked by CSP/i.test(cause)
    ? "The Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to script-src"
    : `numbers-pin cannot start: ${cause?.message ?? cause}`
}
