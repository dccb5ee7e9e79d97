// Reads values of callers and polyfills. Every access may throw.

/** The maximum length of a value in a message. */
const SHOWN = 60

/** Returns a field of an object; `undefined` if there is none or its getter throws. */
export function get(object, name) {
  try {
    return isObject(object) ? object[name] : undefined
  } catch {
    return undefined
  }
}

/** The maximum length of a string that is passed to Rust, whose memory never shrinks. */
const MAX_TEXT = 65_536

/** Returns a string that is not too long. */
export const string = (value) =>
  typeof value === 'string' && value.length <= MAX_TEXT ? value : undefined

/** Returns the start of a field that is a string. */
export const stringField = (object, name) => beginning(get(object, name))

const beginning = (value) => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : undefined)

/** Returns the start of a header, if the response has it and CORS does not hide it. */
export function header(response, name) {
  try {
    return beginning(response.headers.get(name))
  } catch {
    return undefined
  }
}

/** Returns the type of a value by its tag, which is the same in every realm, or else by its methods: `Blob`. */
export function tag(value) {
  try {
    const tag = Object.prototype.toString.call(value).slice(8, -1).slice(0, SHOWN)
    return tag === 'Object' ? untagged(value) : tag
  } catch {
    return ''
  }
}

/** Blobs of happy-dom have no tag, and no type has one in Workers with a date before September 2024. */
function untagged(value) {
  const has = (...names) => names.every((name) => get(value, name) !== undefined)
  if (has('getReader', 'locked')) return 'ReadableStream'
  if (has('arrayBuffer', 'status')) return 'Response'
  if (has('arrayBuffer', 'size')) return 'Blob'
  return has('href', 'searchParams') ? 'URL' : 'Object'
}

/** Returns a module of Node, if there is one. */
export const builtin = (name) => globalThis.process?.getBuiltinModule?.(`node:${name}`)

/** Returns a class of the runtime, also if Node has it only in a module. */
export function native(name, module) {
  const value = globalThis[name] ?? (module && builtin(module)?.[name])
  if (value) return value
  throw new ReferenceError(`${name} is not defined`)
}

/** Returns Node's cryptography, which loads faster than the global that is made of it, or the global. */
export const cryptography = () => builtin('crypto') ?? native('crypto')

/** Whether there is a global of this name. */
export const has = (name) => get(globalThis, name) !== undefined

/** Returns the URL of the page or worker, if this is one. */
export function pageUrl() {
  const url = get(get(globalThis, 'location'), 'href')
  return typeof url === 'string' ? url : undefined
}

/** Describes a value for a message: `undefined`, `2`, `"ftp://example.org"`, `a Promise`. */
export function describe(value) {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'function') return 'a function'
  if (!isObject(value)) return String(value)
  const name = tag(value)
  if (name === 'Object') return 'an object'
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
}

function quote(text) {
  // At most `SHOWN` characters, and no half of one.
  const [shown] = /^[^]{0,60}/u.exec(text)
  return `"${shown}${shown.length < text.length ? '…' : ''}"`
}

/** Returns a native promise of a value, which may be a polyfilled promise. */
export const resolve = async (value) => value

/** Calls a method, and awaits its result. */
export const callMethod = async (object, method, argument) => object[method](argument)

/** Calls a callback of the caller. Its errors are ignored: they must not cost a receipt. */
export function notify(callback, ...args) {
  try {
    ignoreRejection(callback(...args))
  } catch {
    // Ignored.
  }
}

/** Ignores the rejection of a promise. */
export function ignoreRejection(value) {
  if (isObject(value)) resolve(value).catch(() => {})
}

/** Returns the own property names of an object, bounded in number and length. */
export const keys = (object) =>
  Object.keys(object)
    .slice(0, SHOWN)
    .map((name) => name.slice(0, SHOWN))

/** The items of an array, or the value itself. */
export function items(value) {
  try {
    return [value].flat()
  } catch {
    return [value]
  }
}

/**
 * Whether an object inherits from `Object.prototype` only, of any realm. Instances of classes may have private
 * or inherited fields.
 */
export function isPlain(value) {
  try {
    if (!isObject(value)) return false
    const parent = Object.getPrototypeOf(value)
    return parent === null || Object.getPrototypeOf(parent) === null
  } catch {
    return false
  }
}

/**
 * Returns a safe integer from 0, also of a string of digits: kubo, which the API uses, writes sizes as strings.
 */
export function wholeNumber(value) {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

const isObject = (value) => Object(value) === value
