import { unpack } from './inline.js'
import { call } from './load.js'

export { PinError } from './error.js'

export const pin = (source, options) => call(unpack, 'pin', source, options)
