import { PinError, pin } from 'numbers-pin'
import { report, settings } from './report.js'
import { use } from './use.js'

use({ PinError, pin }, settings().endpoint).then(report)
