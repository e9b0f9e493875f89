'use strict';
// Compression in all its ways: at once, with a callback, as a stream. Node passes it too.

const assert = require('assert');
const { pipeline } = require('stream/promises');
const { Readable } = require('stream');
const { promisify } = require('util');
const zlib = require('zlib');

const text = Buffer.from('a compressible text, '.repeat(5000));
const pairs = [
  ['deflate', 'inflate', 'Deflate', 'Inflate'],
  ['deflateRaw', 'inflateRaw', 'DeflateRaw', 'InflateRaw'],
  ['gzip', 'gunzip', 'Gzip', 'Gunzip'],
  ['gzip', 'unzip', 'Gzip', 'Unzip'],
  ['brotliCompress', 'brotliDecompress', 'BrotliCompress', 'BrotliDecompress'],
  ['zstdCompress', 'zstdDecompress', 'ZstdCompress', 'ZstdDecompress'],
];

async function testPair(pack, unpack, Pack, Unpack) {
  const packed = zlib[`${pack}Sync`](text);
  assert.ok(packed.length < text.length / 10);
  assert.deepStrictEqual(zlib[`${unpack}Sync`](packed), text);
  assert.deepStrictEqual(await promisify(zlib[unpack])(await promisify(zlib[pack])(text)), text);
  const chunks = [];
  await pipeline(Readable.from([text.subarray(0, 10), text.subarray(10)]), zlib[`create${Pack}`](),
                 zlib[`create${Unpack}`](), async (source) => {
                   for await (const chunk of source) chunks.push(chunk);
                 });
  assert.deepStrictEqual(Buffer.concat(chunks), text);
  assert.throws(() => zlib[`${unpack}Sync`](packed.subarray(0, 20)), { code: 'Z_BUF_ERROR', errno: -5 });
}

async function testErrors() {
  await assert.rejects(promisify(zlib.inflate)(Buffer.from('nonsense')),
                       { code: 'Z_DATA_ERROR', message: 'incorrect header check' });
  assert.throws(() => zlib.gunzipSync(zlib.gzipSync(text), { maxOutputLength: 10 }), { code: 'ERR_BUFFER_TOO_LARGE' });
  assert.throws(() => zlib.deflateSync('', { level: 10 }), { code: 'ERR_OUT_OF_RANGE' });
  const dictionary = Buffer.from('compressible text');
  const packed = zlib.deflateSync(text, { dictionary });
  assert.throws(() => zlib.inflateSync(packed), { code: 'Z_NEED_DICT', message: 'Missing dictionary' });
  assert.deepStrictEqual(zlib.inflateSync(packed, { dictionary }), text);
  assert.strictEqual(zlib.crc32('world', zlib.crc32('hello ')), zlib.crc32('hello world'));
}

async function testFlush() {
  const deflate = zlib.createDeflate();
  const inflate = zlib.createInflate();
  deflate.pipe(inflate);
  deflate.write('first');
  deflate.flush();
  assert.strictEqual(`${(await inflate[Symbol.asyncIterator]().next()).value}`, 'first');
  deflate.destroy();
}

(async () => {
  for (const pair of pairs) await testPair(...pair);
  await testErrors();
  await testFlush();
})();
