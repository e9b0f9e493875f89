const index = require('.'); exports.a = Object.keys(index); exports.same = index === require('./index.js') && index === require('../lib') && index === require('../lib/');
