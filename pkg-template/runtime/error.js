import { get } from './value.js'

const NAMES = { aborted: 'AbortError', timeout: 'TimeoutError' }

/** Marks the errors of every copy of this package: two versions of it, its builds, other realms. */
const MARK = Symbol.for('numbers-pin.PinError')

/** Whether a value is a `PinError` of any copy of this package. */
export const isPinError = (value) => get(value, MARK) === true

/** Every rejection of every function of this package; its fields are described in index.d.ts. */
export class PinError extends Error {
  constructor(message, { cause, ...fields }) {
    super(message, cause === undefined ? undefined : { cause })
    Object.assign(this, fields)
  }

  static [Symbol.hasInstance](value) {
    return this === PinError ? isPinError(value) : super[Symbol.hasInstance](value)
  }

  get [MARK]() {
    return true
  }

  get name() {
    return NAMES[this.code] ?? 'PinError'
  }

  /** All fields. The cause can be anything: of an object there are its name and message. */
  toJSON() {
    const { name, message, cause } = this
    const json = { name, message, ...this }
    if (Object(cause) === cause)
      json.cause = { name: get(cause, 'name'), message: get(cause, 'message') }
    else if (cause !== undefined) json.cause = String(cause)
    return json
  }
}
