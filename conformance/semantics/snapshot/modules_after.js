// Built-ins that were used before the snapshot go on working after it.
const { build, show, start, write } = require('./support/snapshots.js');

show(build(() => {
  const { AsyncLocalStorage } = require('async_hooks');
  const { EventEmitter } = require('events');
  const fs = require('fs');
  const { Readable, Transform } = require('stream');
  const { pipeline } = require('stream/promises');
  const util = require('util');
  const zlib = require('zlib');
  const storage = new AsyncLocalStorage();
  const inStore = storage.run('the store', () => AsyncLocalStorage.bind(() => storage.getStore()));
  const emitter = new EventEmitter().on('event', (word) => console.log('heard', word));
  const upper = () => new Transform({ transform(chunk, _, done) { done(null, `${chunk}`.toUpperCase()); } });
  const packed = zlib.gzipSync(Buffer.from('packed before'));
  const url = new URL('http://host/path?a=1#b');
  const controller = new AbortController();
  controller.signal.addEventListener('abort', () => console.log('aborted'));
  const decoder = new TextDecoder();
  const target = new EventTarget();
  target.addEventListener('ping', () => console.log('pinged'));
  const server = require('net').createServer((socket) => socket.end('served'));
  fs.readFileSync(__filename);
  util.inspect(new Map([[1, { a: [2] }]]));

  require('v8').startupSnapshot.setDeserializeMainFunction(async () => {
    console.log(inStore(), storage.getStore(), storage.run(2, () => storage.getStore()));
    emitter.emit('event', 'this');
    await pipeline(Readable.from(['a', 'b']), upper(), async (source) => {
      for await (const chunk of source) console.log(`${chunk}`);
    });
    console.log(`${zlib.gunzipSync(packed)}`, `${zlib.brotliDecompressSync(zlib.brotliCompressSync('after'))}`);
    console.log(url.searchParams.get('a'), new URL('../x', url).href, decoder.decode(new Uint8Array([0xc3, 0xbc])));
    controller.abort();
    target.dispatchEvent(new Event('ping'));
    console.log(util.inspect(structuredClone({ a: new Map([[1, 2]]) })), (await fs.promises.readFile(process.argv[1])).length);
    console.log(require('child_process').execFileSync('/bin/echo', ['a child']).toString().trim());
    server.listen(0, () => {
      require('net').connect(server.address().port).on('data', (data) => console.log(`${data}`)).on('close', () => server.close());
    });
    setTimeout(() => console.log('later'), 300);
  });
}, ['--no-warnings']));
show(start([write('ten.txt', '0123456789')]));

console.log('--- workers start from nothing');
show(build('globalThis.word = "of the snapshot"; Array.prototype.extra = 1;'));
show(start([write('worker.js', () => {
  const { Worker, isMainThread } = require('worker_threads');
  console.log(isMainThread, globalThis.word, [].extra);
  if (isMainThread) new Worker(__filename).on('exit', (code) => console.log('exit', code));
})]));
