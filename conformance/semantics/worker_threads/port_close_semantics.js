// What was sent before the close arrives; both ends hear of it; what is sent after it goes nowhere.
const { MessageChannel } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
port1.postMessage('before');
port1.close(() => console.log('close callback'));
console.log(port1.postMessage('after'), port2.postMessage('too late'));
port2.on('message', (message) => console.log('message', message));
const closed = [];
port2.on('close', () => closed.push('port2'));
port1.on('close', () => closed.push('port1'));
process.on('exit', () => console.log(closed.sort()));
