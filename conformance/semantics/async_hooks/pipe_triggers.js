// As net_triggers.js, over a Unix socket.
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const { follow } = require('./common/follow');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hooks-'));
const followed = follow();
const server = net.createServer((connection) => {
  connection.end();
  server.close();
}).listen(path.join(folder, 's'), () => {
  net.connect(path.join(folder, 's')).resume();
});

process.on('exit', () => {
  followed.end();
  // Behind these Node makes standard output, which may be a pipe.
  console.log(followed.made.slice(0, 6).join('\n'));
  fs.rmSync(folder, { recursive: true });
});
