// The look-up of a name is triggered by the socket that it is for.
const net = require('net');
const { follow } = require('./common/follow');

const followed = follow();
const server = net.createServer((connection) => connection.end()).listen(0, () => {
  net.connect({ port: server.address().port, host: 'localhost', family: 4 })
    .resume().on('close', () => server.close());
});

process.on('exit', () => {
  followed.end();
  console.log(followed.made.slice(0, 4).join('\n'));
});
