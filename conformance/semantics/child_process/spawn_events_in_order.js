// spawn, then output, exit, the ends of the streams, close.
const { spawn } = require('child_process');
const child = spawn('/bin/sh', ['-c', 'echo out; exit 3']);
child.on('spawn', () => console.log('spawn', child.pid > 0));
child.stdout.setEncoding('utf8').on('data', (text) => console.log('data', JSON.stringify(text)));
child.on('close', (...how) => console.log('close', how, child.exitCode, child.signalCode));
child.on('exit', (code, signal) => console.log('exit', code, signal, child.stdin.destroyed));
