import { create } from '../wasm/glue.js'
import { cancelAll } from './cancel.js'
import { PinError } from './error.js'
import { panicMessage } from './panics.js'

/**
 * Starts an instance of the module, with a glue of its own.
 *
 * Stable Rust cannot catch a panic in WebAssembly. It ends in a trap, and nothing can be built on
 * the memory it leaves behind. So every way into the instance and out of it is guarded here: after a
 * trap all pending calls are rejected, exports do nothing, and Rust code that is still on the stack
 * does not get past its next import. `panic=unwind` will replace this once it is stable.
 *
 * @param {WebAssembly.Module} module
 */
export async function start(module) {
  /** How to reject each pending call, and what to say about its charge. */
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
      // What the glue reads like a result: functions of several values return an array.
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
        if (!trap) promise.then(settle(resolve), settle(reject))
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
