const child_process = require('child_process');
const { spawn, exec, execFile, fork, spawnSync } = child_process;
const attempts = [
  () => spawn(), () => spawn(''), () => spawn(5), () => spawn('ls', 5), () => spawn('ls', [], 5), () => spawn('l\0s'),
  () => spawn('ls', ['\0']), () => spawn('ls', { cwd: 5 }), () => spawn('ls', { detached: 'yes' }), () => spawn('ls', { uid: 'x' }),
  () => spawn('ls', { gid: 1.5 }), () => spawn('ls', { shell: 1 }), () => spawn('ls', { argv0: 1 }),
  () => spawn('ls', { windowsHide: 1 }), () => spawn('ls', { stdio: 'wrong' }), () => spawn('ls', { stdio: ['pipe', 'pipe', 'wrong'] }),
  () => spawn('ls', { timeout: -1 }), () => spawn('ls', { killSignal: 'SIGNOT' }), () => spawn('ls', { signal: 1 }),
  () => spawn('ls', { serialization: 'other' }), () => spawn('ls', { stdio: ['ipc', 'ipc'] }), () => exec(), () => exec(''),
  () => execFile('ls', 5), () => execFile('ls', [], {}, 5), () => execFile('ls', { maxBuffer: -1 }), () => fork(), () => fork(5),
  () => fork('x', 'y'), () => fork('x', { stdio: ['pipe', 'pipe'] }),
  () => spawnSync('ls', { input: 5 }), () => spawnSync('ls', { stdio: ['ipc'] }), () => spawnSync('ls', { timeout: 'x' }),
];
for (const attempt of attempts) {
  try {
    attempt();
    console.log('no error', `${attempt}`);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
