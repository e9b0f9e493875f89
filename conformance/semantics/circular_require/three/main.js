console.log('main', require('./a').done, require('./b').done, require('./c').done);
