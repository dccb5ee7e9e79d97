import { unpack } from './inline.js'
import { call } from './load.js'

export { PinError } from './error.js'

export const pin = (source, options) => call(unpack, 'pin', source, options)
export const pinAll = (sources, options) => call(unpack, 'pinAll', sources, options)
export const cidOf = (source, options) => call(unpack, 'cidOf', source, options)
export const verify = (source, cid, options) => call(unpack, 'verify', source, cid, options)
export const download = (cid, options) => call(unpack, 'download', cid, options)
export const locate = (cid, options) => call(unpack, 'locate', cid, options)
