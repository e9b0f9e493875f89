const a = require('./a'); console.log('b sees', a, a.late); exports.b = true; exports.a = a;
