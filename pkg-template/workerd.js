import module from './wasm/pin.wasm'
import { call } from './load.js'

export { PinError } from './error.js'

// workerd compiles no bytes at run time; it takes the module that was deployed.
const deployed = () => module

export const pin = (source, options) => call(deployed, 'pin', source, options)
export const pinAll = (sources, options) => call(deployed, 'pinAll', sources, options)
export const cidOf = (source, options) => call(deployed, 'cidOf', source, options)
export const verify = (source, cid, options) => call(deployed, 'verify', source, cid, options)
export const download = (cid, options) => call(deployed, 'download', cid, options)
export const locate = (cid, options) => call(deployed, 'locate', cid, options)
