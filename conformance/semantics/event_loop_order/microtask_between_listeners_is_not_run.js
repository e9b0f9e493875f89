const { EventEmitter } = require('events');
const e = new EventEmitter();
e.on('x', () => { queueMicrotask(() => console.log('microtask')); process.nextTick(() => console.log('tick')); console.log(1); });
e.on('x', () => console.log(2));
setTimeout(() => e.emit('x'), 1);
