import module from './runtime/unpack.js'
import { call } from './runtime/load.js'
import { copyBytes } from './runtime/snapshot.js'

export { PinError, isPinError } from './runtime/error.js'

/** The price on the API page: index.d.ts describes the fields. */
export const PRICE = /* @__PURE__ */ Object.freeze({
  num: 0.025,
  gas: 0.004,
  days: 30,
  asOf: '2026-11-28',
  source: 'the page of the pin API at https://docs.numbersprotocol.io',
})

// The functions of the package. The build generates workerd.js from this file.

/** Marks functions that may be charged for: after a panic their outcome is `unknown`. */
const CHARGES = true

export const pin = (source, options) => call(module, 'pin', [copyBytes(source), options], CHARGES)
export const pinAll = (sources, options) => call(module, 'pinAll', [sources, options], CHARGES)
export const cidOf = (source, options) => call(module, 'cidOf', [source, options])
export const verify = (source, cid, options) => call(module, 'verify', [source, cid, options])
export const download = (cid, options) => call(module, 'download', [cid, options])
export const locate = (cid, options) => call(module, 'locate', [cid, options])
