import { create } from '../wasm/glue.js'
import { cancelAll } from './cancel.js'
import { PinError } from './error.js'
import { panicMessage } from './panics.js'

/**
 * Starts an instance of the module with its own glue.
 *
 * Stable Rust cannot catch a panic in WebAssembly. A panic ends in a trap and leaves the memory in an unknown
 * state. So all exports and imports are guarded: after a trap all pending calls are rejected, exports do
 * nothing, and Rust code that is still on the stack stops at its next import. `panic=unwind` will replace this
 * once it is stable.
 *
 * @param {WebAssembly.Module} module
 */
export async function start(module) {
  /** The `reject` function of each pending call, and the outcome if it is used. */
  const pending = new Map()
  let trap

  const guardedExport =
    (run) =>
    (...args) => {
      if (!trap) {
        try {
          return run(...args)
        } catch (cause) {
          if (!trap) end(cause)
        }
      }
      // The glue reads results of several values from an array.
      return []
    }

  const guardedImport =
    (run) =>
    (...args) => {
      const value = run(...args)
      if (trap) throw trap.cause
      return value
    }

  function end(cause) {
    trap = { cause }
    const message = `Bug in numbers-pin, please report it: ${panicMessage() ?? cause}`
    for (const [reject, outcome] of pending)
      reject(new PinError(message, { code: 'internal', outcome, cause }))
    pending.clear()
    cancelAll()
  }

  const glue = create()
  const imports = glue.imports()
  for (const name in imports) imports[name] = wrapFunctions(imports[name], guardedImport)
  const { exports } = await WebAssembly.instantiate(module, imports)
  glue.finish({ exports: wrapFunctions(exports, guardedExport) }, module)
  if (trap) throw trap.cause

  return {
    hasTrapped: () => trap !== undefined,

    call: (name, args, charges) =>
      new Promise((resolve, reject) => {
        pending.set(reject, charges ? 'unknown' : 'not-sent')
        const settle = (how) => (value) => {
          pending.delete(reject)
          how(value)
        }
        const promise = glue[name](...args)
        // It may have trapped since `hasTrapped` was asked.
        if (trap) end(trap.cause)
        else promise.then(settle(resolve), settle(reject))
      }),
  }
}

/** Copies an object with its functions wrapped. Memory and tables stay as they are. */
function wrapFunctions(object, wrap) {
  const wrapped = Object.entries(object).map(([name, value]) => [
    name,
    typeof value === 'function' ? wrap(value) : value,
  ])
  return Object.fromEntries(wrapped)
}
