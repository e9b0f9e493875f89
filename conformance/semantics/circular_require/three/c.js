console.log('c starts'); exports.done = false; const next = require('./a'); console.log('c sees a', next.done); exports.done = true;
