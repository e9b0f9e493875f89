console.log('b runs'); exports.partial = require('./a').partial;
