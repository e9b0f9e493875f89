// proc_exit without returnOnExit ends the process, without its listeners.
// exit: 9
const { WASI } = require('wasi');

process.on('exit', (code) => console.log('not reached', code));
const wasi = new WASI({ version: 'preview1', returnOnExit: false });
const memory = new WebAssembly.Memory({ initial: 1 });
console.log('exits');
wasi.start({ exports: { memory, _start() { wasi.wasiImport.proc_exit(9); } } });
console.log('not reached');
