// A connection is made where no JavaScript runs.
const { createHook, executionAsyncId } = require('async_hooks');
const net = require('net');

createHook({
  init(id, type) {
    if (type === 'TCPWRAP') console.log('made in', executionAsyncId() === 0 ? 'nothing' : 'a callback');
  },
}).enable();

console.log('main', executionAsyncId());
const server = net.createServer((connection) => connection.end()).listen(0, () => {
  net.connect(server.address().port).resume().on('close', () => server.close());
});
