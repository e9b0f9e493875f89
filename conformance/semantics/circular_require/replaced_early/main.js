const a = require('./a'); console.log(a(), require('./b').call());
