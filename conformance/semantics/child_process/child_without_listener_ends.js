// A channel that nobody listens to does not keep a child alive.
const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.send('here');
} else {
  const child = fork(__filename, ['child']);
  child.on('message', (message) => console.log(message));
  child.on('exit', (code) => console.log('exit', code));
}
