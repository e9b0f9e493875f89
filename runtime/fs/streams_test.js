'use strict';
// ReadStream and WriteStream over files, ranges, descriptors and handles; watchers.

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pipeline } = require('stream/promises');
const { once } = require('events');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'fs-streams-'));
const at = (name) => path.join(root, name);
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function testCopy() {
  const data = Buffer.alloc(300 * 1024, 'abc');
  fs.writeFileSync(at('from'), data);
  await pipeline(fs.createReadStream(at('from')), fs.createWriteStream(at('to')));
  assert.ok(fs.readFileSync(at('to')).equals(data));
}

async function testRanges() {
  fs.writeFileSync(at('digits'), '0123456789');
  assert.strictEqual(`${await read(fs.createReadStream(at('digits'), { start: 2, end: 4 }))}`, '234');
  const writer = fs.createWriteStream(at('digits'), { flags: 'r+', start: 8 });
  writer.end('xy');
  await once(writer, 'close');
  assert.strictEqual(fs.readFileSync(at('digits'), 'utf8'), '01234567xy');
  assert.strictEqual(writer.bytesWritten, 2);
}

async function testHandle() {
  const handle = await fs.promises.open(at('digits'));
  const stream = handle.createReadStream({ encoding: 'utf8', autoClose: false });
  let text = '';
  for await (const chunk of stream) text += chunk;
  assert.strictEqual(text, '01234567xy');
  await handle.close();
}

async function testErrors() {
  const [error] = await once(fs.createReadStream(at('none')), 'error').catch((reason) => [reason]);
  assert.strictEqual(error.code, 'ENOENT');
  assert.throws(() => fs.createReadStream(at('x'), { start: 5, end: 2 }), { code: 'ERR_OUT_OF_RANGE' });
}

async function testWatch() {
  const watcher = fs.watch(root);
  const changed = once(watcher, 'change');
  fs.writeFileSync(at('new'), '');
  assert.deepStrictEqual(await changed, ['rename', 'new']);
  watcher.close();
  await once(watcher, 'close');

  const { promise, resolve } = Promise.withResolvers();
  fs.watchFile(at('new'), { interval: 20 }, (now, before) => resolve([now.size, before.size]));
  setTimeout(() => fs.writeFileSync(at('new'), '1234'), 50);
  assert.deepStrictEqual(await promise, [4, 0]);
  fs.unwatchFile(at('new'));
}

async function testRecursiveWatch() {
  fs.mkdirSync(at('deep'));
  const watcher = fs.watch(root, { recursive: true });
  const seen = new Set();
  const { promise, resolve } = Promise.withResolvers();
  watcher.on('change', (event, name) => {
    seen.add(name);
    if (seen.has('deep/file')) resolve();
  });
  setTimeout(() => fs.writeFileSync(path.join(at('deep'), 'file'), ''), 50);
  await promise;
  watcher.close();
}

(async () => {
  await testCopy();
  await testRanges();
  await testHandle();
  await testErrors();
  await testWatch();
  await testRecursiveWatch();
})();
