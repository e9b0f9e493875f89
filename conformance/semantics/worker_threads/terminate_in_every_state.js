// terminate() ends a worker whatever it is doing, with its own workers.
const { Worker } = require('worker_threads');
const { once } = require('events');
const states = {
  'microtasks without end': 'function turn() { Promise.resolve().then(turn); } turn();',
  'ticks without end': 'function turn() { process.nextTick(turn); } turn();',
  'immediates without end': 'function turn() { setImmediate(turn); } turn();',
  'a regular expression': '/(a+)+$/.test(\'a\'.repeat(40) + \'b\');',
  'a loop that catches everything': 'for (;;) { try { for (;;); } catch {} finally { continue; } }',
  'WebAssembly': `new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11]))).exports.f();`,
  'a child process': 'require(\'child_process\').execSync(\'sleep 0.5\');',
  'a listener of exit': 'process.on(\'exit\', () => { for (;;); });',
  'waiting in a listener of exit': 'process.on(\'exit\', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)); process.exit(3);',
  'workers of its own': `const { Worker } = require('worker_threads');
    new Worker('for (;;);', { eval: true });
    new Worker('require("worker_threads").parentPort.on("message", () => {}); new (require("worker_threads").Worker)("for (;;);", { eval: true });', { eval: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
  'work in the thread pool': 'require(\'crypto\').pbkdf2(\'a\', \'b\', 200_000, 64, \'sha512\', () => {}); setInterval(() => {}, 1000);',
  'everything open': `require('net').createServer().listen(0);
    require('dgram').createSocket('udp4').bind(0);
    require('fs').watch(process.cwd());
    require('child_process').spawn('sleep', ['0.3']);`,
};
async function end(source) {
  const worker = new Worker(source, { eval: true });
  const exited = once(worker, 'exit');
  await once(worker, 'online');
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  return [await worker.terminate(), (await exited)[0]];
}
async function endWhileReading() {
  const worker = new Worker('require(\'worker_threads\').parentPort.on(\'message\', () => {});', { eval: true });
  await once(worker, 'online');
  for (let i = 0; i < 5; i++) worker.postMessage(Array.from({ length: 100_000 }, (_, n) => ({ n })));
  return worker.terminate();
}
async function test() {
  for (const [name, source] of Object.entries(states)) console.log(name, await end(source));
  console.log('top-level await', await end('await new Promise(() => setInterval(() => {}, 1000));').catch((error) => error.name));
  console.log('reading a message', await endWhileReading());
}
test();
