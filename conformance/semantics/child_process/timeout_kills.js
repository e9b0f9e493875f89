const { spawn, execFile, spawnSync, execFileSync } = require('child_process');
spawn('sleep', ['60'], { timeout: 50, killSignal: 'SIGKILL' }).on('exit', (code, signal) => {
  console.log('spawn', code, signal);
  execFile('sleep', ['60'], { timeout: 50 }, (error) => {
    console.log('execFile', error.killed, error.code, error.signal, error.message);
    const sync = spawnSync('sleep', ['60'], { timeout: 50, killSignal: 'SIGINT' });
    console.log('spawnSync', sync.status, sync.signal, sync.error.code, sync.error.message);
    try {
      execFileSync('sleep', ['60'], { timeout: 50 });
    } catch ({ code, signal, status, message }) {
      console.log('execFileSync', code, signal, status, message);
    }
  });
});
