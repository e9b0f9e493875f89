'use strict';
// The child of parent.js: does what the messages say and answers.

let kept;

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
    case 'flood':
      for (let i = 0; i < message.count; i++) process.send({ i, padding: 'x'.repeat(i % 1000) });
      break;
  }
});
