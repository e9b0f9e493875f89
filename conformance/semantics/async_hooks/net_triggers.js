// A connection is triggered by the server it came to, connecting and ending by the socket they are of.
const net = require('net');
const { follow } = require('./common/follow');

const followed = follow();
const seen = [];
const note = (what) => seen.push(`${what}: ${followed.where()}`);

const server = net.createServer((connection) => {
  note('connection');
  connection.on('data', () => {
    note('data');
    connection.end('answer');
  });
});
server.listen(0, '127.0.0.1', () => {
  note('listening');
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    note('connect');
    client.write('question');
  });
  client.on('data', () => note('answer'));
  client.on('close', () => server.close(() => note('closed')));
});

process.on('exit', () => {
  followed.end();
  // Node makes standard output, which may be a pipe, when the first socket closes.
  console.log(followed.made.filter((line) => !line.startsWith('PIPEWRAP')).join('\n'));
  console.log(seen.sort().join('\n'));
  console.log(followed.destroyed.sort().join(', '));
});
