const { MessageChannel, markAsUntransferable, isMarkedAsUntransferable, markAsUncloneable } = require('worker_threads');
const { port1 } = new MessageChannel();
const buffer = new ArrayBuffer(4);
markAsUntransferable(buffer);
console.log(isMarkedAsUntransferable(buffer), isMarkedAsUntransferable(new ArrayBuffer(1)));
const attempts = [[buffer, [buffer]], [Buffer.from('pooled').buffer, [Buffer.from('pooled').buffer]]];
const object = { a: 1 };
markAsUncloneable(object);
attempts.push([object], [{ object }]);
for (const args of attempts) {
  try {
    port1.postMessage(...args);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(buffer.byteLength);
port1.close();
