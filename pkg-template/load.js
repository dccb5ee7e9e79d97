import init, {
  __wbg_reset_state,
  cidOf,
  download,
  locate,
  pin,
  pinAll,
  verify,
} from './wasm/glue.js'
import { enter } from './calls.js'
import { PinError } from './error.js'

// By name, so that bundlers leave out what else the glue has.
const glue = { __wbg_reset_state, cidOf, download, locate, pin, pinAll, verify }

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
  const kept = snapshot(name, args)
  const attempt = (ready ??= start(module))
  try {
    await attempt
  } catch (failure) {
    if (ready === attempt) ready = undefined
    throw failure
  }
  return enter(glue, name, kept)
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

/**
 * What a caller may change as soon as it has called: the options, the list of a batch, and bytes in
 * memory that an order is of. Whatever cannot be kept is left for Rust to refuse.
 */
function snapshot(name, [subject, ...rest]) {
  return [tried((given) => kept(name, given), subject), ...rest.map((given) => tried(copy, given))]
}

function tried(keep, value) {
  try {
    return keep(value)
  } catch {
    return value
  }
}

function kept(name, subject) {
  if (isList(subject)) return listed(subject)
  const bytes = subject instanceof ArrayBuffer ? new DataView(subject) : subject
  return name === 'pin' && ArrayBuffer.isView(bytes) ? new Blob([bytes]) : subject
}

/** The members of a list, or what fails as it did: asked again, it may do otherwise. */
function listed(list) {
  try {
    return [...list]
  } catch (error) {
    return (function* () {
      throw error
    })()
  }
}

/** Whether it can be iterated again and again. */
function isList(value) {
  return /^\[object (Array|Set|FileList)\]$/.test(Object.prototype.toString.call(value))
}

/** Of a class the fields may be private, and read through what it inherits: it is left as it is. */
function copy(value) {
  return isPlain(value) ? { ...value } : value
}

/** Whether a value inherits nothing but what every object has, of whichever realm. */
function isPlain(value) {
  if (typeof value !== 'object' || value === null) return false
  const parent = Object.getPrototypeOf(value)
  return parent === null || Object.getPrototypeOf(parent) === null
}
