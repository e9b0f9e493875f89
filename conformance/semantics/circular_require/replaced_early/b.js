const a = require('./a'); exports.b = typeof a; exports.call = () => a();
