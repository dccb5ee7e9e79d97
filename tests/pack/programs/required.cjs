module.exports = require('numbers-pin')
