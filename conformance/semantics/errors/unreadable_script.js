// A file that may not be read; as root everything may, so this one is a socket.
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const folder = fs.mkdtempSync(path.join(require('os').tmpdir(), 'errors-'));
const server = require('net').createServer().listen(path.join(folder, 'socket.js'), () => {
  const { status, stderr } = spawnSync(process.execPath, [path.join(folder, 'socket.js')], { encoding: 'utf8' });
  console.log(status, stderr.match(/Error: [A-Z]+: [^,]*/)?.[0]);
  server.close();
  fs.rmSync(folder, { recursive: true });
});
