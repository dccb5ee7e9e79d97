import init, * as glue from './wasm/glue.js'
import { enter } from './calls.js'
import { PinError } from './error.js'

let ready

/**
 * Calls a Rust function, with an instance that the first call makes. A failure to make one is not
 * remembered, so the next call tries again.
 *
 * @param {() => unknown} module gives the module, in any form that WebAssembly takes
 * @param {string} name
 * @param {...unknown} args
 * @returns {Promise<any>}
 */
export async function call(module, name, ...args) {
  const attempt = (ready ??= start(module))
  try {
    await attempt
  } catch (failure) {
    if (ready === attempt) ready = undefined
    throw failure
  }
  return enter(glue, name, args)
}

async function start(module) {
  try {
    await init({ module_or_path: await module() })
  } catch (cause) {
    throw new PinError(reason(cause), { code: 'unsupported', outcome: 'not-sent', cause })
  }
}

function reason(cause) {
  return /Content Security Policy|unsafe-eval|blocked by CSP/i.test(cause)
    ? "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src"
    : `WebAssembly could not be started here: ${cause?.message ?? cause}`
}
