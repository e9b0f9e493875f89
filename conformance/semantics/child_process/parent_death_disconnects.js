const { fork, spawn } = require('child_process');
if (process.argv[2] === 'child') {
  process.on('disconnect', () => {
    console.log('disconnected', process.connected);
  });
  process.send('ready');
} else if (process.argv[2] === 'middle') {
  fork(__filename, ['child']).on('message', () => process.kill(process.pid, 'SIGKILL'));
} else {
  const middle = spawn(process.execPath, [__filename, 'middle'], { stdio: ['ignore', 'pipe', 'inherit'] });
  middle.stdout.setEncoding('utf8').on('data', (text) => console.log(text.trim()));
  middle.on('close', (code, signal) => console.log('middle', code, signal));
}
