'use strict';
// Buffers that get smaller, or go away, while something native has them. Node dies of some of these.

const assert = require('assert');
const crypto = require('crypto');
const fs = require('fs');
const tls = require('tls');
const v8 = require('v8');
const zlib = require('zlib');
const { once } = require('events');
const { promisify } = require('util');

const kSize = 1 << 20;

function resizable(byte) {
  const memory = new ArrayBuffer(kSize, { maxByteLength: kSize });
  return { memory, bytes: new Uint8Array(memory).fill(byte) };
}

async function compressed() {
  const pairs = { deflate: 'inflate', brotliCompress: 'brotliDecompress', zstdCompress: 'zstdDecompress' };
  for (const name of Object.keys(pairs)) {
    const { memory, bytes } = resizable(97);
    const done = promisify(zlib[name])(bytes);
    memory.resize(0);
    const whole = zlib[`${pairs[name]}Sync`](await done);
    assert.strictEqual(whole.compare(Buffer.alloc(kSize, 97)), 0, name);
  }
}

async function decompressed() {
  const { memory, bytes } = resizable(0);
  const packed = zlib.gzipSync(Buffer.alloc(kSize, 98));
  bytes.set(packed);
  const done = promisify(zlib.gunzip)(new DataView(memory, 0, packed.length));
  memory.resize(1);
  assert.strictEqual((await done).compare(Buffer.alloc(kSize, 98)), 0);
}

async function detachedInput() {
  const packed = new Uint8Array(zlib.gzipSync(Buffer.alloc(kSize)));
  zlib.gunzip(packed, () => assert.fail('it cannot go on'));
  packed.buffer.transfer(0);
  const error = await new Promise((resolve) => { process.once('uncaughtException', resolve); });
  assert.strictEqual(error.name, 'RangeError');
  assert.strictEqual(error.message, 'input buffer is out of bounds');
}

async function randomBytes() {
  const { memory, bytes } = resizable(0);
  const done = promisify(crypto.randomFill)(bytes, 100);
  memory.resize(1000);
  assert.strictEqual(await done, bytes);
  assert.deepStrictEqual(bytes.subarray(0, 100), new Uint8Array(100));
  assert.notDeepStrictEqual(bytes.subarray(100), new Uint8Array(900));

  const gone = promisify(crypto.randomFill)(bytes);
  memory.resize(0);
  await gone;
}

function deserialized() {
  const { memory, bytes } = resizable(0);
  const packed = v8.serialize('text'.repeat(10_000));
  bytes.set(packed);
  const deserializer = new v8.Deserializer(bytes.subarray(0, packed.length));
  memory.resize(0);
  deserializer.readHeader();
  assert.strictEqual(deserializer.readValue().length, 40_000);
}

async function readByTls() {
  const { memory, bytes } = resizable(0);
  const testdata = `${__dirname}/../tls/testdata`;
  const server = tls.createServer({
    cert: fs.readFileSync(`${testdata}/server_cert.pem`),
    key: fs.readFileSync(`${testdata}/server_key.pem`),
  }, (socket) => {
    socket.on('error', () => {});
    socket.write('x'.repeat(10));
    socket.once('data', () => socket.write('y'.repeat(10)));
  });
  server.listen(0);
  await once(server, 'listening');
  const sizes = [];
  const socket = tls.connect({
    port: server.address().port,
    rejectUnauthorized: false,
    onread: {
      buffer: bytes,
      callback(size) {
        sizes.push(size);
        if (size === 10) {
          memory.resize(4);
          socket.write('more');
        } else {
          memory.resize(0);
        }
        return true;
      },
    },
  });
  const [error] = await once(socket, 'error');
  assert.strictEqual(error.code, 'ENOBUFS');
  assert.deepStrictEqual(sizes, [10, 4]);
  server.close();
}

let finished = false;
process.on('exit', () => assert(finished));

(async () => {
  await compressed();
  await decompressed();
  await detachedInput();
  await randomBytes();
  deserialized();
  await readByTls();
  finished = true;
})();
