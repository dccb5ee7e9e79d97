import { PinError, pin } from 'numbers-pin'

declare const process: { argv: string[] }
declare const require: (path: string) => {
  use: (exports: object, endpoint: string) => Promise<object>
}
declare const console: { log(text: string): void }

const { use } = require('./use.cjs')
use({ PinError, pin }, process.argv[2] ?? '').then((ends) => console.log(JSON.stringify(ends)))
