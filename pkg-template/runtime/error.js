const NAMES = { aborted: 'AbortError', timeout: 'TimeoutError' }

/** Every rejection of every function of this package; its fields are described in index.d.ts. */
export class PinError extends Error {
  constructor(message, { cause, ...fields }) {
    super(message, cause === undefined ? undefined : { cause })
    Object.assign(this, fields)
  }

  get name() {
    return NAMES[this.code] ?? 'PinError'
  }
}
