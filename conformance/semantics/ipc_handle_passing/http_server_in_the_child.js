// A connection that arrives over IPC is one of an HTTP server's.
const { fork } = require('child_process');
const http = require('http');
const net = require('net');
if (process.argv[2] === 'child') {
  const server = http.createServer((request, response) => response.end(`${request.method} ${request.url}`));
  process.on('message', (message, socket) => {
    server.emit('connection', socket);
    socket.resume();
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send('http', socket)).listen(0, '127.0.0.1', () => {
    http.get({ port: server.address().port, path: '/path', agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (text) => console.log(response.statusCode, text)).on('end', () => {
        child.kill();
        server.close();
      });
    });
  });
}
