const log = [];
Promise.resolve().then(() => log.push(1)).then(() => log.push(2)).then(() => log.push(3));
Promise.resolve({ then(r) { log.push('thenable'); r(); } }).then(() => log.push('after'));
setImmediate(() => console.log(log.join()));
