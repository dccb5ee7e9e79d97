const { PinError, pin } = require('numbers-pin')
const { use } = require('./use.js')

use({ PinError, pin }, process.argv[2]).then((ends) => console.log(JSON.stringify(ends)))
