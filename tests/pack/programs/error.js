import { PinError } from 'numbers-pin'

console.log(PinError)
