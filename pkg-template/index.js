import module from './runtime/unpack.js'
import { call } from './runtime/load.js'
import { copyBytes } from './runtime/snapshot.js'

export { PinError, isPinError } from './runtime/error.js'

/**
 * What the API page asks for a file that is kept pinned, in NUM: every 30 days, plus gas unless paid in
 * Credits.
 */
export const PRICE = /* @__PURE__ */ Object.freeze({
  num: 0.025,
  gas: 0.004,
  days: 30,
  asOf: '2026-11-28',
  source: 'the page of the pin API at https://docs.numbersprotocol.io',
})

// This is the one list of the package's functions. The build makes workerd.js from it.

/** Marks the functions that may be charged for. After a panic nobody knows whether they were. */
const CHARGES = true

export const pin = (source, options) => call(module, 'pin', [copyBytes(source), options], CHARGES)
export const pinAll = (sources, options) => call(module, 'pinAll', [sources, options], CHARGES)
export const cidOf = (source, options) => call(module, 'cidOf', [source, options])
export const verify = (source, cid, options) => call(module, 'verify', [source, cid, options])
export const download = (cid, options) => call(module, 'download', [cid, options])
export const locate = (cid, options) => call(module, 'locate', [cid, options])
