// close() of the server waits for the connections that other processes have.
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => {
    if (message === 'end') kept.end();
    else kept = socket;
    process.send('done');
  });
  let kept;
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send('keep', socket)).listen(0, '127.0.0.1', () => {
    net.connect(server.address().port, '127.0.0.1').resume();
    child.once('message', () => {
      server.getConnections((error, count) => {
        console.log('connections', count);
        let ended = false;
        server.close(() => {
          console.log('closed', ended);
          child.disconnect();
        });
        setTimeout(() => {
          ended = true;
          child.send('end');
        }, 50);
      });
    });
  });
}
