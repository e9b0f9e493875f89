exports.name = 'index'; exports.a = require('./a'); exports.b = require('./b');
