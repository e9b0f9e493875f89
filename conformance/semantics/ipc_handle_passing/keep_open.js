// With keepOpen both processes have the connection.
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => socket.write('child', () => process.send('written')));
} else {
  const child = fork(__filename, ['child']);
  let kept;
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    kept = socket;
    child.send('keep', socket, { keepOpen: true });
  }).listen(0, '127.0.0.1', () => {
    const client = net.connect(server.address().port, '127.0.0.1').setEncoding('utf8');
    let text = '';
    client.on('data', (part) => { text += part; }).on('end', () => {
      console.log(text);
      server.close();
    });
    child.on('message', () => {
      kept.write(' and parent', () => {
        child.kill();
        kept.end();
      });
    });
  });
}
