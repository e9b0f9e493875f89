// The output of one child is the input of the next: the parent does not touch it.
const { spawn } = require('child_process');
const first = spawn('/bin/sh', ['-c', 'echo b; echo a'], { stdio: ['ignore', 'pipe', 'inherit'] });
const second = spawn('sort', { stdio: [first.stdout, 'pipe', 'inherit'] });
second.stdout.setEncoding('utf8').on('data', (text) => console.log(JSON.stringify(text)));
second.on('close', (code) => console.log('close', code));
