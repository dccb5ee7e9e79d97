import module from './runtime/unpack.js'
import { call } from './runtime/load.js'
import { copyBytes } from './runtime/snapshot.js'

export { PinError, isPinError } from './runtime/error.js'

// This is the one list of the package's functions. The build makes workerd.js from it.

/** Marks the functions that may be charged for. After a panic nobody knows whether they were. */
const CHARGES = true

export const pin = (source, options) => call(module, 'pin', [copyBytes(source), options], CHARGES)
export const pinAll = (sources, options) => call(module, 'pinAll', [sources, options], CHARGES)
export const cidOf = (source, options) => call(module, 'cidOf', [source, options])
export const verify = (source, cid, options) => call(module, 'verify', [source, cid, options])
export const download = (cid, options) => call(module, 'download', [cid, options])
export const locate = (cid, options) => call(module, 'locate', [cid, options])
