// exit: 1
process.on('exit', (c) => console.log('exit', c));
Promise.reject(new Error('x'));
setTimeout(() => console.log('never'), 100);
