console.log(JSON.stringify(require('./lib')));
