import { get, stringField } from './value.js'

const NAMES = { aborted: 'AbortError', timeout: 'TimeoutError' }

/** Marks the errors of all copies of this package, also in other realms. */
const MARK = Symbol.for('numbers-pin.PinError')

/** Whether a value is a `PinError` of any copy of this package. */
export const isPinError = (value) => get(value, MARK) === true

/** The error of all functions. index.d.ts describes its fields. */
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

  /** Returns all fields. The cause can be any value: of an object it has name and message, if they are strings. */
  toJSON() {
    const { name, message, cause } = this
    const json = { name, message, ...this }
    if (Object(cause) === cause)
      json.cause = { name: stringField(cause, 'name'), message: stringField(cause, 'message') }
    else if (cause !== undefined) json.cause = String(cause)
    return json
  }
}
