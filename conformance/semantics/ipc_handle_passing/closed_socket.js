// Of a socket without a connection only the message arrives.
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, handle) => {
    console.log(message, handle);
    process.disconnect();
  });
} else {
  const child = fork(__filename, ['child']);
  child.send('nothing to see', new net.Socket());
}
