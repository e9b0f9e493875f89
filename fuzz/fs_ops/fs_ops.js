'use strict';
// Files. The properties: a file holds what a model in memory says, whichever of the three interfaces (synchronous,
// callback, promise) and whichever call wrote it; refusals are system errors or documented codes. The input is operations:
// a byte of what, a byte of where, a byte of how much.

const assert = require('assert');
const { Buffer } = require('buffer');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { promisify } = require('util');

const MAX_SIZE = 4096;
const MAX_OPERATIONS = 60;

let folder;

// In memory when there is such a file system: nothing to wait for.
function makeFolder() {
  if (folder !== undefined) return folder;
  const parent = process.env.TEST_TMPDIR ?? (fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir());
  folder = fs.mkdtempSync(path.join(parent, 'gyre-fuzz-'));
  return folder;
}

/** What the file must hold. */
class Model {
  constructor() {
    this.bytes = Buffer.alloc(0);
  }

  write(data, position) {
    const size = Math.max(this.bytes.length, position + data.length);
    if (data.length === 0) return;
    const bytes = Buffer.alloc(size);
    this.bytes.copy(bytes);
    data.copy(bytes, position);
    this.bytes = bytes;
  }

  truncate(size) {
    const bytes = Buffer.alloc(size);
    this.bytes.copy(bytes);
    this.bytes = bytes;
  }
}

const calls = {
  write: promisify(fs.write), read: promisify(fs.read), ftruncate: promisify(fs.ftruncate), writev: promisify(fs.writev),
  readFile: promisify(fs.readFile), appendFile: promisify(fs.appendFile), fstat: promisify(fs.fstat),
  truncate: promisify(fs.truncate), copyFile: promisify(fs.copyFile), rename: promisify(fs.rename),
};

async function compareStream(state, start) {
  const chunks = [];
  for await (const chunk of fs.createReadStream(state.file, { start, highWaterMark: 64 })) chunks.push(chunk);
  assert.deepStrictEqual(Buffer.concat(chunks), state.model.bytes.subarray(start));
}

function writeStream(state, data, start) {
  return new Promise((resolve, reject) => {
    const stream = fs.createWriteStream(state.file, { flags: 'r+', start, highWaterMark: 16 });
    stream.on('error', reject).on('close', resolve);
    stream.write(data.subarray(0, data.length >> 1));
    stream.end(data.subarray(data.length >> 1));
    state.model.write(data, start);
  });
}

// (state, position, data)
const operations = [
  (s, at, data) => {
    fs.writeSync(s.handle.fd, data, 0, data.length, at);
    s.model.write(data, at);
  },
  async (s, at, data) => {
    s.model.write(data, at);
    await s.handle.write(data, 0, data.length, at);
  },
  async (s, at, data) => {
    s.model.write(data, at);
    await calls.write(s.handle.fd, data, 0, data.length, at);
  },
  async (s, at, data) => {
    s.model.write(Buffer.concat([data, data]), at);
    await calls.writev(s.handle.fd, [data, data], at);
  },
  async (s, at, data) => {
    s.model.write(Buffer.from(data.latin1Slice(), 'utf8'), at);
    await calls.write(s.handle.fd, data.latin1Slice(), at, 'utf8');
  },
  (s, at) => {
    fs.ftruncateSync(s.handle.fd, at);
    s.model.truncate(at);
  },
  async (s, at) => {
    s.model.truncate(at);
    await s.handle.truncate(at);
  },
  async (s, at, data) => {
    s.model.write(data, s.model.bytes.length);
    await fs.promises.appendFile(s.file, data);
  },
  async (s, at, data) => {
    s.model.bytes = Buffer.from(data);
    await fs.promises.writeFile(s.file, data);
  },
  async (s, at, data) => {
    const buffer = Buffer.alloc(data.length + 1);
    const { bytesRead } = await s.handle.read(buffer, 0, buffer.length, at);
    assert.deepStrictEqual(buffer.subarray(0, bytesRead), s.model.bytes.subarray(at, at + buffer.length));
  },
  async (s) => assert.deepStrictEqual(await calls.readFile(s.file), s.model.bytes),
  (s) => assert.strictEqual(fs.readFileSync(s.file, 'latin1'), s.model.bytes.latin1Slice()),
  async (s) => assert.strictEqual((await s.handle.stat()).size, s.model.bytes.length),
  (s, at) => compareStream(s, at),
  (s, at, data) => writeStream(s, data, at),
  async (s) => {
    await calls.copyFile(s.file, `${s.file}.copy`);
    assert.deepStrictEqual(fs.readFileSync(`${s.file}.copy`), s.model.bytes);
    await calls.rename(`${s.file}.copy`, s.file);
    await s.handle.close();
    s.handle = await fs.promises.open(s.file, 'r+');
  },
  async (s, at) => {
    await assert.rejects(fs.promises.open(`${s.file}/x${at}`), { code: 'ENOTDIR' });
    assert.throws(() => fs.readSync(s.handle.fd, Buffer.alloc(1), 0, 2, at), { code: 'ERR_OUT_OF_RANGE' });
  },
  // Two at once, on places that do not touch.
  async (s, at, data) => {
    s.model.write(data, at);
    s.model.write(data, at + data.length);
    await Promise.all([
      s.handle.write(data, 0, data.length, at), s.handle.write(data, 0, data.length, at + data.length),
    ]);
  },
];

module.exports = async function fsOpsProperty(bytes) {
  const file = path.join(makeFolder(), 'file');
  fs.writeFileSync(file, '');
  const state = { file, model: new Model(), handle: await fs.promises.open(file, 'r+') };
  try {
    for (let at = 0; at + 3 <= Math.min(bytes.length, 3 * MAX_OPERATIONS); at += 3) {
      const position = bytes[at + 1] * 3 % MAX_SIZE;
      const data = Buffer.alloc(bytes[at + 2], bytes.subarray(at, at + 3));
      await operations[bytes[at] % operations.length](state, position, data);
    }
    assert.deepStrictEqual(fs.readFileSync(file), state.model.bytes);
  } finally {
    await state.handle.close();
    fs.rmSync(file);
  }
};
