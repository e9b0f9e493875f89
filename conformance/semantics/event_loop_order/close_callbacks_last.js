const net = require('net');
const server = net.createServer().listen(0, '127.0.0.1', () => {
  server.close(() => console.log('close'));
  setImmediate(() => console.log('immediate'));
  process.nextTick(() => console.log('tick'));
});
