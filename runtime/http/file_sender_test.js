// Files piped to an HTTP answer: their bytes do not pass through JavaScript where nobody looks at them, and everything
// that a program can see is as if they did. Runs under node too, where the proof is left out.
'use strict';

const assert = require('assert');
const fs = require('fs');
const http = require('http');
const net = require('net');
const os = require('os');
const path = require('path');
const { pipeline, PassThrough } = require('stream');

const isGyre = Boolean(process.versions.gyre);
const binding = isGyre ? require('internal/test/binding').internalBinding('http') : undefined;
const fileBytes = () => binding?.fileBytesSent() ?? 0;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gyre-file-'));
const large = path.join(folder, 'large');
const kLarge = 5_000_011;
const content = Buffer.alloc(kLarge);
for (let n = 0; n < kLarge; n += 4) content.writeUInt32LE(Math.imul(n, 2654435761) >>> 0, Math.min(n, kLarge - 4));
fs.writeFileSync(large, content);
const small = path.join(folder, 'small');
fs.writeFileSync(small, 'a small file');
const empty = path.join(folder, 'empty');
fs.writeFileSync(empty, '');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks `listener` once, and waits for what it returns: the answer, its body, and how many bytes went out as a file. */
async function ask(listener, { method = 'GET', agent, slow } = {}) {
  let listened;
  const server = http.createServer((req, res) => { listened = listener(req, res); });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const before = fileBytes();
  try {
    return await new Promise((resolve, reject) => {
      http.request({ port: server.address().port, host: '127.0.0.1', method, agent }, async (res) => {
        const chunks = [];
        try {
          for await (const chunk of res) {
            chunks.push(chunk);
            if (slow) await sleep(1);
          }
        } catch (error) {
          resolve({ res, error, body: Buffer.concat(chunks), sent: fileBytes() - before });
          return;
        }
        resolve({ res, body: Buffer.concat(chunks), sent: fileBytes() - before });
      }).on('error', reject).end();
    });
  } finally {
    if (listened instanceof Promise) await listened;
    server.closeAllConnections();
    server.close();
  }
}

const sendsFile = (answer, size) => { if (isGyre) assert.strictEqual(answer.sent, size); };
const events = (log, name, stream, list) => { for (const event of list) stream.on(event, () => log.push(`${name} ${event}`)); };

const tests = {
  async 'pipe with a length'() {
    const log = [];
    const answer = await ask((req, res) => {
      res.setHeader('Content-Length', kLarge);
      const file = fs.createReadStream(large);
      events(log, 'file', file, ['open', 'ready', 'end', 'close']);
      events(log, 'res', res, ['pipe', 'unpipe', 'finish', 'close']);
      file.on('close', () => log.push(`read ${file.bytesRead}`));
      file.pipe(res);
      return new Promise((resolve) => file.on('close', resolve));
    });
    assert.ok(answer.body.equals(content));
    await sleep(20);
    assert.deepStrictEqual(log.filter((line) => line.startsWith('file') || line.startsWith('read')),
      ['file open', 'file ready', 'file end', 'file close', `read ${kLarge}`]);
    assert.deepStrictEqual(log.filter((line) => line.startsWith('res')), ['res pipe', 'res finish', 'res unpipe', 'res close']);
    sendsFile(answer, kLarge);
  },

  async 'pipe in chunks'() {
    const answer = await ask((req, res) => fs.createReadStream(large).pipe(res));
    assert.strictEqual(answer.res.headers['transfer-encoding'], 'chunked');
    assert.ok(answer.body.equals(content));
    sendsFile(answer, kLarge);
  },

  async 'pipeline'() {
    let done;
    const ended = new Promise((resolve) => { done = resolve; });
    const answer = await ask((req, res) => {
      res.writeHead(200, { 'Content-Length': kLarge });
      pipeline(fs.createReadStream(large), res, done);
      return ended;
    });
    assert.ok(answer.body.equals(content));
    assert.strictEqual(await ended, undefined);
    sendsFile(answer, kLarge);
  },

  async 'a slow reader'() {
    const answer = await ask((req, res) => {
      res.setHeader('Content-Length', kLarge);
      fs.createReadStream(large).pipe(res);
    }, { slow: true });
    assert.ok(answer.body.equals(content));
    sendsFile(answer, kLarge);
  },

  async 'a range'() {
    for (const [start, end] of [[0, 0], [10, 99], [70_000, 4_000_000], [kLarge - 5, undefined], [kLarge + 5, undefined]]) {
      const expected = content.subarray(start, end === undefined ? undefined : end + 1);
      const answer = await ask((req, res) => {
        res.setHeader('Content-Length', expected.length);
        fs.createReadStream(large, { start, end }).pipe(res);
      });
      assert.ok(answer.body.equals(expected), `${start} to ${end}`);
      sendsFile(answer, expected.length);
    }
  },

  async 'small and empty files'() {
    assert.strictEqual((await ask((req, res) => fs.createReadStream(small).pipe(res))).body.toString(), 'a small file');
    assert.strictEqual((await ask((req, res) => fs.createReadStream(empty).pipe(res))).body.length, 0);
    const none = await ask((req, res) => fs.createReadStream(path.join(folder, 'none')).on('error', (e) => res.end(e.code)).pipe(res));
    assert.strictEqual(none.body.toString(), 'ENOENT');
    const proc = await ask((req, res) => fs.createReadStream('/proc/version').pipe(res));
    assert.strictEqual(proc.body.toString(), fs.readFileSync('/proc/version', 'utf8'));
    const start = Date.now();
    const length = await ask((req, res) => { res.setHeader('Content-Length', 0); fs.createReadStream(empty).pipe(res); });
    assert.strictEqual(length.res.statusCode, 200);
    assert.ok(Date.now() - start < 150, 'the head waits for nothing');
  },

  async 'HEAD'() {
    const answer = await ask((req, res) => {
      res.setHeader('Content-Length', kLarge);
      fs.createReadStream(large).pipe(res);
    }, { method: 'HEAD' });
    assert.strictEqual(answer.res.headers['content-length'], `${kLarge}`);
    assert.strictEqual(answer.body.length, 0);
    sendsFile(answer, 0);
  },

  async 'keep-alive behind it'() {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const server = http.createServer((req, res) => {
      if (req.url === '/length') res.setHeader('Content-Length', kLarge);
      fs.createReadStream(large).pipe(res);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ports = new Set();
    for (const path of ['/length', '/chunked', '/length', '/length']) {
      const body = await new Promise((resolve) => {
        http.get({ port: server.address().port, host: '127.0.0.1', agent, path }, (res) => {
          ports.add(res.socket.localPort);
          const chunks = [];
          res.on('data', (chunk) => chunks.push(chunk)).on('end', () => setImmediate(resolve, Buffer.concat(chunks)));
        });
      });
      assert.ok(body.equals(content), path);
    }
    assert.strictEqual(ports.size, 1);
    agent.destroy();
    server.close();
  },

  async 'pipelined requests'() {
    const server = http.createServer((req, res) => {
      const [, first, last] = req.url.split('/');
      res.setHeader('Content-Length', last - first + 1);
      fs.createReadStream(large, { start: +first, end: +last }).pipe(res);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ranges = [[0, 99_999], [5, 6], [1_000_000, 3_999_999], [7, 7]];
    const socket = net.connect(server.address().port, '127.0.0.1');
    for (const [first, last] of ranges) {
      socket.write(`GET /${first}/${last} HTTP/1.1\r\nHost: a\r\n${first === 7 ? 'Connection: close\r\n' : ''}\r\n`);
    }
    const chunks = [];
    for await (const chunk of socket) chunks.push(chunk);
    let rest = Buffer.concat(chunks);
    for (const [first, last] of ranges) {
      const head = rest.indexOf('\r\n\r\n') + 4;
      assert.ok(rest.subarray(head, head + last - first + 1).equals(content.subarray(first, last + 1)), `${first}`);
      rest = rest.subarray(head + last - first + 1);
    }
    assert.strictEqual(rest.length, 0);
    server.close();
  },

  async 'the client goes away'() {
    const log = [];
    let file;
    let closed;
    const over = new Promise((resolve) => { closed = resolve; });
    const server = http.createServer((req, res) => {
      res.setHeader('Content-Length', kLarge);
      file = fs.createReadStream(large);
      pipeline(file, res, (error) => {
        log.push(error.code, file.destroyed);
        if (file.closed) closed();
        else file.on('close', closed);
      });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socket = net.connect(server.address().port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    socket.once('data', () => socket.resetAndDestroy());
    await over;
    assert.deepStrictEqual(log, ['ERR_STREAM_PREMATURE_CLOSE', true]);
    assert.strictEqual(file.fd, null);
    server.close();
  },

  async 'the file is destroyed on the way'() {
    const answer = await ask((req, res) => {
      res.setHeader('Content-Length', kLarge);
      const file = fs.createReadStream(large);
      file.pipe(res);
      file.on('close', () => res.destroy());
      setTimeout(() => file.destroy(), 15);
    }, { slow: true });
    if (answer.error) assert.strictEqual(answer.error.code, 'ECONNRESET');
    assert.ok(content.subarray(0, answer.body.length).equals(answer.body));
  },

  async 'the file shrinks on the way'() {
    for (const chunked of [true, false]) {
      const shrinking = path.join(folder, 'shrinking');
      fs.writeFileSync(shrinking, content);
      const answer = await ask((req, res) => {
        if (!chunked) res.setHeader('Content-Length', kLarge);
        const file = fs.createReadStream(shrinking);
        file.pipe(res);
        file.on('close', () => { if (!chunked) res.destroy(); });
        setTimeout(() => fs.truncateSync(shrinking, 100), 5);
      }, { slow: true });
      // The kernel clears the pages of a file that it cuts, and they may be on their way: as with every server that uses
      // sendfile.
      const fits = (byte, n) => byte === content[n] || (isGyre && !chunked && n >= 100 && byte === 0);
      assert.ok(answer.body.every(fits));
      if (chunked) assert.strictEqual(answer.error, undefined);
      else if (answer.body.length < kLarge) assert.strictEqual(answer.error.code, 'ECONNRESET');
    }
  },

  async 'the file grows on the way'() {
    const growing = path.join(folder, 'growing');
    fs.writeFileSync(growing, content);
    const answer = await ask((req, res) => {
      const file = fs.createReadStream(growing);
      file.once('open', () => fs.appendFileSync(growing, 'more'));
      file.pipe(res);
    });
    assert.strictEqual(answer.body.length, kLarge + 4);
    assert.ok(answer.body.subarray(kLarge).equals(Buffer.from('more')));
  },

  async 'res is written and ended by the program meanwhile'() {
    const answer = await ask((req, res) => {
      const file = fs.createReadStream(large);
      file.pipe(res, { end: false });
      res.on('error', () => {});
      setTimeout(() => { file.unpipe(res); file.destroy(); res.write('|'); res.end('end'); }, 10);
    }, { slow: true });
    assert.strictEqual(answer.error, undefined);
    const text = answer.body.subarray(-4).toString();
    assert.strictEqual(text, '|end');
    assert.ok(content.subarray(0, answer.body.length - 4).equals(answer.body.subarray(0, -4)));
  },

  async 'who looks gets the data'() {
    const looks = {
      'data': (file, res, seen) => file.on('data', (chunk) => { seen.bytes += chunk.length; }),
      'data later': (file, res, seen) => setTimeout(() => file.on('data', (chunk) => { seen.bytes += chunk.length; }), 5),
      'a transform': (file, res, seen) => {
        file.pipe(new PassThrough()).on('data', (chunk) => { seen.bytes += chunk.length; });
      },
      'write': (file, res, seen) => {
        const { write } = res;
        res.write = function(chunk, ...rest) { seen.bytes += chunk.length; return Reflect.apply(write, this, [chunk, ...rest]); };
      },
      'push': (file, res, seen) => {
        const { push } = file;
        file.push = function(chunk) { seen.bytes += chunk?.length ?? 0; return Reflect.apply(push, this, [chunk]); };
      },
    };
    for (const name of Object.keys(looks)) {
      const seen = { bytes: 0 };
      const answer = await ask((req, res) => {
        const file = fs.createReadStream(large);
        file.pipe(res);
        looks[name](file, res, seen);
      }, { slow: name === 'data later' });
      assert.ok(answer.body.equals(content), name);
      if (name === 'data later') assert.ok(seen.bytes <= kLarge);
      else assert.strictEqual(seen.bytes, kLarge, name);
      if (isGyre && name !== 'data later') assert.strictEqual(answer.sent, 0, name);
    }
  },

  async 'an own fs, an encoding, a position of the descriptor'() {
    const read = (...args) => fs.read(...args);
    const own = await ask((req, res) => {
      fs.createReadStream(large, { fs: { open: fs.open, close: fs.close, read } }).pipe(res);
    });
    assert.ok(own.body.equals(content));
    sendsFile(own, 0);
    const encoded = await ask((req, res) => fs.createReadStream(small, { encoding: 'hex' }).pipe(res));
    assert.strictEqual(encoded.body.toString(), Buffer.from('a small file').toString('hex'));
    const placed = await ask((req, res) => {
      const fd = fs.openSync(small);
      fs.readSync(fd, Buffer.alloc(2));
      fs.createReadStream(null, { fd }).pipe(res);
    });
    assert.strictEqual(placed.body.toString(), 'small file');
  },

  async 'a time-out of the socket is kept off'() {
    let timeouts = 0;
    const answer = await ask((req, res) => {
      res.setHeader('Content-Length', kLarge);
      res.setTimeout(2000, () => timeouts++);
      fs.createReadStream(large).pipe(res);
    }, { slow: true });
    assert.ok(answer.body.equals(content));
    assert.strictEqual(timeouts, 0);
    sendsFile(answer, 0);
  },

  async 'memory and bytesWritten'() {
    let socket;
    const answer = await ask((req, res) => {
      res.setHeader('Content-Length', kLarge);
      socket = req.socket;
      fs.createReadStream(large).pipe(res);
    });
    assert.ok(socket.bytesWritten > kLarge && socket.bytesWritten < kLarge + 500, `${socket.bytesWritten}`);
    assert.ok(answer.body.equals(content));
  },
};

(async () => {
  for (const name of Object.keys(tests)) {
    const late = setTimeout(() => { throw new Error(`"${name}" hangs`); }, 20_000);
    await tests[name]();
    clearTimeout(late);
  }
  fs.rmSync(folder, { recursive: true });
})();
