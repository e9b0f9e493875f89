// The texts of DataCloneError, and the errors of wrong transfer lists.
const { MessageChannel } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
const detached = new ArrayBuffer(1);
structuredClone(detached, { transfer: [detached] });
const buffer = new ArrayBuffer(2);
const attempts = [
  [() => {}], [Symbol('x')], [{ nested: { f() {} } }], [new WeakMap()], [Promise.resolve()], [port2], [{ p: port2 }],
  [null, [port1]], [null, [port2, port2]], [null, [buffer, buffer]], [null, [detached]], [null, [{}]], [null, [5]], [null, 5], [null, { transfer: 5 }],
  [class A {}], [new Proxy({}, {})], [globalThis],
];
for (const args of attempts) {
  try {
    port1.postMessage(...args);
    console.log('posted');
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
try {
  port1.postMessage();
} catch (error) {
  console.log(error.name, error.code, error.message);
}
port1.close();
