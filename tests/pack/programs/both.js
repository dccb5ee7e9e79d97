import * as imported from 'numbers-pin'
import required from './required.cjs'

console.log(imported.pin === required.pin)
