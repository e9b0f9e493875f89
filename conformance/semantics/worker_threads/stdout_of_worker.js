const { Worker } = require('worker_threads');
const w = new Worker(`console.log('one'); process.stdout.write('two\\n'); process.stdin.on('data', (d) => console.log(String(d).toUpperCase()));`,
                     { eval: true, stdin: true, stdout: true });
let text = '';
w.stdout.setEncoding('utf8').on('data', (d) => { text += d; });
w.stdin.end('typed');
w.on('exit', (code) => console.log(JSON.stringify(text), code));
