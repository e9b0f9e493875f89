// Ctrl-C reaches a process group: a detached child has its own, another one is in its parent's.
const { spawn, execFileSync } = require('child_process');
const groupOf = (pid) => Number(execFileSync('ps', ['-o', 'pgid=', '-p', `${pid}`], { encoding: 'utf8' }));
const own = spawn('sleep', ['60'], { detached: true });
const shared = spawn('sleep', ['60']);
console.log(groupOf(own.pid) === own.pid, groupOf(shared.pid) === groupOf(process.pid));
process.kill(-own.pid, 'SIGINT');
own.on('exit', (code, signal) => {
  console.log('detached', code, signal);
  shared.kill();
});
shared.on('exit', (code, signal) => console.log('shared', code, signal));
