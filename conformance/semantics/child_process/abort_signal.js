const { spawn, execFile, exec } = require('child_process');
const { promisify } = require('util');
const controller = new AbortController();
const child = spawn('sleep', ['60'], { signal: controller.signal, killSignal: 'SIGKILL' });
child.on('error', ({ name, code, message, cause }) => console.log(name, code, message, cause.message));
child.on('exit', (code, signal) => {
  console.log(code, signal);
  execFile('sleep', ['60'], { signal: AbortSignal.abort() }, (error) => {
    console.log(error.name, error.code, error.cmd);
    promisify(exec)('sleep 60', { signal: AbortSignal.timeout(50) }).catch((late) => console.log(late.name, late.cause.name));
  });
});
controller.abort(new Error('enough'));
