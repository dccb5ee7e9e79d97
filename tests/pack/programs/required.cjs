exports.required = () => require('numbers-pin')
