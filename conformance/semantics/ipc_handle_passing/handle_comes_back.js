// only gyre: in node the connection is lost with its receiver
// A receiver that dies without having taken a connection: the sender has it back with an error, and can serve it.
const { spawn } = require('child_process');
const net = require('net');
const child = spawn('sleep', ['60'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
child.on('error', (error) => {
  console.log(error.code, error.message, error.handle instanceof net.Socket);
  error.handle.end('served after all');
});
const server = net.createServer({ pauseOnConnect: true }, (socket) => {
  child.send('take it', socket);
  child.kill('SIGKILL');
  server.close();
}).listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').on('data', (data) => console.log(`${data}`)));
