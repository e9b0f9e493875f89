// only gyre: node says that the message was sent
// The receiver is dead and nobody has noticed yet: the error of the message has the connection, which can still be served.
const { spawn } = require('child_process');
const fs = require('fs');
const net = require('net');
const child = spawn('sleep', ['60'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
const server = net.createServer({ pauseOnConnect: true }, (socket) => {
  child.kill('SIGKILL');
  // Its end of the channel is closed when it is a zombie.
  while (!fs.readFileSync(`/proc/${child.pid}/stat`, 'utf8').includes(') Z ')) { /* soon */ }
  child.send('take it', socket, ({ code, handle }) => {
    console.log(code, handle instanceof net.Socket);
    handle.end('served after all');
  });
  server.close();
}).listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').on('data', (data) => console.log(`${data}`)));
