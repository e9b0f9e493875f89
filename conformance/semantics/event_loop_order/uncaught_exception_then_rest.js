process.on('uncaughtException', (e, origin) => console.log('caught', e.message, origin));
setTimeout(() => { process.nextTick(() => console.log('tick after')); throw new Error('timer'); }, 1);
setTimeout(() => console.log('next timer'), 1);
setImmediate(() => { throw new Error('immediate'); });
setImmediate(() => console.log('next immediate'));
process.nextTick(() => { throw new Error('tick'); });
process.nextTick(() => console.log('next tick'));
// Long enough for the timers to be due when the loop starts.
const end = Date.now() + 20;
while (Date.now() < end);
