import module from './wasm/pin.wasm'
import { call } from './load.js'

export { PinError } from './error.js'

// workerd compiles no bytes at run time; it takes the module that was deployed.
const deployed = () => module

export const pin = (source, options) => call(deployed, 'pin', source, options)
