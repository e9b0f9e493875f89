const { spawn } = require('child_process');
const child = spawn('cat', { stdio: ['overlapped', 'overlapped', 'overlapped'] });
child.stdout.setEncoding('utf8').on('data', (text) => console.log(text));
child.stdin.end('through cat');
child.on('close', (code) => console.log(code));
