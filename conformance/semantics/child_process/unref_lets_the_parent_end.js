const { spawn } = require('child_process');
const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
child.unref();
child.ref();
child.unref();
process.on('exit', () => {
  console.log('the parent ends');
  process.kill(child.pid);
});
