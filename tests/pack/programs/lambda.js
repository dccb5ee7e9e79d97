import { PinError, pin } from 'numbers-pin'
import { use } from './use.js'

export const handler = ({ endpoint }) => use({ PinError, pin }, endpoint)
