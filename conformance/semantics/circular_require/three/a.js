console.log('a starts'); exports.done = false; const next = require('./b'); console.log('a sees b', next.done); exports.done = true;
