// Reads values that may be a caller's, or a polyfill's, and may throw at any touch.

/** How many characters of a caller's text a message shows. */
const SHOWN = 60

/** A field of an object; `undefined` where there is none, or where its getter throws. */
export function get(object, name) {
  try {
    return isObject(object) ? object[name] : undefined
  } catch {
    return undefined
  }
}

/** The most characters of a text that Rust takes: its memory never shrinks. */
const MAX_TEXT = 65_536

/** A string that is not too long. */
export const text = (value) =>
  typeof value === 'string' && value.length <= MAX_TEXT ? value : undefined

/** The beginning of a field that is a string. */
export const field = (object, name) => beginning(get(object, name))

const beginning = (value) => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : undefined)

/** The beginning of a header of a `Response`, where it is there and the runtime shows it. */
export function header(response, name) {
  try {
    return beginning(response.headers.get(name))
  } catch {
    return undefined
  }
}

/**
 * The type of a value by its tag, which is the same in every realm: `Blob`, `Array`, `Response`. Without a
 * tag, by what it can do.
 */
export function tag(value) {
  try {
    const tag = Object.prototype.toString.call(value).slice(8, -1).slice(0, SHOWN)
    return tag === 'Object' ? untagged(value) : tag
  } catch {
    return ''
  }
}

/** Blobs of happy-dom have no tag, nor has any type of workerd in a Worker from before September 2024. */
function untagged(value) {
  const has = (...names) => names.every((name) => get(value, name) !== undefined)
  if (has('getReader', 'locked')) return 'ReadableStream'
  if (has('arrayBuffer', 'status')) return 'Response'
  if (has('arrayBuffer', 'size')) return 'Blob'
  return has('href', 'searchParams') ? 'URL' : 'Object'
}

/** A module of Node's own, where there is one. */
export const builtin = (name) => globalThis.process?.getBuiltinModule?.(`node:${name}`)

/** A class of the runtime, also where Node has it in a module alone. */
export function native(name, module) {
  const value = globalThis[name] ?? (module && builtin(module)?.[name])
  if (value) return value
  throw new ReferenceError(`${name} is not defined`)
}

/** Whether the runtime has a global of this name. */
export const has = (name) => get(globalThis, name) !== undefined

/** The URL of the page or worker, if this is one. */
export function pageUrl() {
  const url = get(get(globalThis, 'location'), 'href')
  return typeof url === 'string' ? url : undefined
}

/** What a value is called in a message: `undefined`, `2`, `"ftp://example.org"`, `a Promise`. */
export function describe(value) {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'function') return 'a function'
  if (!isObject(value)) return String(value)
  const name = tag(value)
  if (name === 'Object') return 'an object'
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
}

function quote(text) {
  const shown = Array.from(text.slice(0, 2 * SHOWN))
    .slice(0, SHOWN)
    .join('')
  return `"${shown}${shown.length < text.length ? '…' : ''}"`
}

/** A promise of the runtime's own, of a value that may be a polyfilled promise. */
export const resolve = async (value) => value

/** Calls a method, and resolves to what its result resolves to. */
export const callMethod = async (object, method, argument) => object[method](argument)

/** Calls a callback of the caller's. What it throws or rejects with must not cost a receipt. */
export function notify(callback, ...args) {
  try {
    ignoreRejection(callback(...args))
  } catch {
    // The caller's own affair.
  }
}

/** Handles the rejection of a promise that nobody waits for. */
export function ignoreRejection(value) {
  if (isObject(value)) resolve(value).catch(() => {})
}

/** The names of an object's own properties: as many, and so much of each, as a call can have. */
export const keys = (object) =>
  Object.keys(object)
    .slice(0, SHOWN)
    .map((name) => name.slice(0, SHOWN))

/**
 * Whether an object inherits nothing but `Object.prototype`, of any realm. Instances of classes may have
 * private or inherited fields.
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
 * A whole number that a double holds exactly. kubo, on which the service is built, writes its sizes as
 * text.
 */
export function wholeNumber(value) {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

const isObject = (value) => Object(value) === value
