// What a worker writes is done when its parent reads it, and the other way round; at its end a worker waits for nobody.
const { Worker } = require('worker_threads');
const kLarge = 1_000_000;
function testOutput() {
  const worker = new Worker(`
    const { parentPort } = require('worker_threads');
    const { stdout } = process;
    parentPort.postMessage(['writes', stdout.write('x'.repeat(${kLarge})), stdout.writableLength, stdout.writableHighWaterMark]);
    stdout.write('y', () => parentPort.postMessage('written'));
    stdout.once('drain', () => parentPort.postMessage('drain'));
    process.on('exit', () => stdout.write('at exit'));`, { eval: true, stdout: true });
  let size = 0;
  worker.on('message', (message) => console.log(message));
  setTimeout(() => {
    console.log('reading');
    worker.stdout.on('data', (data) => { size += data.length; });
  }, 200);
  worker.stdout.on('end', () => console.log(size, worker.stdout.constructor.name));
  return new Promise((resolve) => { worker.on('exit', resolve); });
}
function testInput() {
  const worker = new Worker(`
    setTimeout(() => {
      let size = 0;
      process.stdin.on('data', (data) => { size += data.length; }).on('end', () => console.log('read', size, process.stdin.constructor.name));
    }, 200);`, { eval: true, stdin: true });
  console.log(worker.stdin.write('x'.repeat(kLarge)), worker.stdin.constructor.name);
  worker.stdin.write('y', () => {
    console.log('taken');
    worker.stdin.end();
  });
  return new Promise((resolve) => { worker.on('exit', resolve); });
}
function testEnd() {
  const worker = new Worker(`
    process.stdout.write('x'.repeat(${kLarge}));
    process.stdout.write('y');
    process.exit();`, { eval: true, stdout: true });
  worker.on('exit', (code) => {
    let size = 0;
    worker.stdout.on('data', (data) => { size += data.length; }).on('end', () => console.log('exit', code, size));
  });
}
testOutput().then(testInput).then(testEnd);
