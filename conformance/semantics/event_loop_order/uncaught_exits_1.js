// exit: 1
process.on('exit', (c) => console.log('exit', c, process.exitCode));
setTimeout(() => console.log('never'), 1);
throw new Error('x');
