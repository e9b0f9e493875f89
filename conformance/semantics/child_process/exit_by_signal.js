const { spawn } = require('child_process');
const child = spawn('sleep', ['60']);
child.on('exit', (code, signal) => console.log(code, signal, child.killed, child.kill()));
console.log(child.kill(0), child.killed, child.kill('SIGINT'), child.killed);
