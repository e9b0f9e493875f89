// What cannot be sent is an error of the call, also while other handles wait for their acknowledgement.
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, handle) => {
    handle.close();
    if (message === 'last') process.disconnect();
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    for (let i = 0; i < 20; i++) child.send(i, server);
    try {
      child.send('wrong', {});
    } catch ({ code, message }) {
      console.log(code, message);
    }
    child.send('last', server, () => server.close());
  });
  child.on('exit', (code) => console.log('exit', code));
}
