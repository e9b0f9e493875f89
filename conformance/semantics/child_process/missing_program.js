// An 'error' event, no 'exit', and 'close' nevertheless.
const { spawn } = require('child_process');
const child = spawn('/no/such/program', ['a', 'b']);
console.log(child.pid);
child.on('exit', () => console.log('exit'));
child.on('error', ({ code, errno, syscall, path, spawnargs, message }) => {
  console.log(code, errno, syscall, path, spawnargs, message);
});
child.on('close', (...how) => console.log('close', how));
