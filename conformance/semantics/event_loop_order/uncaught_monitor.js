// exit: 1
process.on('uncaughtExceptionMonitor', (e, origin) => console.log('monitor', e.message, origin));
setTimeout(() => { throw new Error('x'); }, 1);
