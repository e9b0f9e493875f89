console.log('b starts'); exports.done = false; const next = require('./c'); console.log('b sees c', next.done); exports.done = true;
