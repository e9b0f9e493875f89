'use strict';
// The child of parent.js and kill.js: does what the messages say and answers.

const fs = require('fs');
const { countDescriptors } = require('./descriptors');

let kept;

/** Sends numbers without end, and writes each to a file once the channel has confirmed it. */
function sendConfirmed(file) {
  const fd = fs.openSync(file, 'w');
  let n = 0;
  const confirmed = (i) => (error) => {
    if (!error) fs.writeSync(fd, `${i}\n`);
  };
  const sendSome = () => {
    for (let i = 0; i < 20; i++, n++) process.send({ n, padding: 'x'.repeat((n * 7919) % 3000) }, confirmed(n));
    setImmediate(sendSome);
  };
  sendSome();
}

process.on('message', (message, handle) => {
  switch (message.cmd) {
    case 'echo':
      process.send(message.value);
      break;
    case 'connection':
      handle.end(`connection ${message.n}`);
      break;
    case 'server':
      handle.on('connection', (socket) => socket.end('server'));
      kept = handle;
      process.send('ready');
      break;
    case 'dgram':
      handle.on('message', (data, { port, address }) => handle.send(`${data} back`, port, address));
      kept = handle;
      process.send('ready');
      break;
    case 'close':
      kept.close(() => process.send('closed'));
      break;
    case 'confirmed':
      sendConfirmed(message.file);
      break;
    case 'descriptors':
      process.send({ descriptors: countDescriptors() });
      break;
    case 'flood':
      for (let i = 0; i < message.count; i++) process.send({ i, padding: 'x'.repeat(i % 1000) });
      break;
  }
});
