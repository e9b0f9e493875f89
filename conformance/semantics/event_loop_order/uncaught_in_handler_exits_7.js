// exit: 7
process.on('uncaughtException', () => { throw new Error('second'); });
process.on('exit', (c) => console.log('exit', c));
throw new Error('first');
