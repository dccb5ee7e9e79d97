import { pin } from 'numbers-pin'
import { required } from './required.cjs'

console.log(pin === required().pin)
