const { spawn } = require('child_process');
const child = spawn('sleep', ['60']);
for (const signal of ['SIGNOT', 9999, {}]) {
  try {
    child.kill(signal);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
child.on('exit', (code, signal) => console.log(code, signal));
child.kill('sigterm');
