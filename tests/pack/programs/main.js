import { PinError, pin } from 'numbers-pin'
import { use } from './use.js'

use({ PinError, pin }, process.argv[2]).then((ends) => console.log(JSON.stringify(ends)))
