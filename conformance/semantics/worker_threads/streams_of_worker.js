const { Worker } = require('worker_threads');
const w = new Worker(`
  process.stdin.setEncoding('utf8').on('data', (text) => process.stdout.write(text.toUpperCase()));
  process.stdin.on('end', () => console.error('end of input'));`, { eval: true, stdin: true, stdout: true, stderr: true });
w.stdout.setEncoding('utf8').on('data', (text) => console.log('stdout', JSON.stringify(text)));
w.stderr.setEncoding('utf8').on('data', (text) => console.log('stderr', JSON.stringify(text)));
w.stdin.write('some ');
w.stdin.end('text');
w.on('exit', (code) => console.log('exit', code));
