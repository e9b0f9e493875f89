'use strict';

// The HTTP server and client with each other, and the bytes that the server sends.

const assert = require('assert');
const { once } = require('events');
const http = require('http');
const net = require('net');
const { fork } = require('child_process');

const tests = [];
function test(name, run) {
  tests.push([name, run]);
}

async function serve(listener, options = {}) {
  const server = http.createServer(options, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function request(server, options = {}, body = undefined) {
  const req = http.request({ port: server.address().port, host: '127.0.0.1', ...options });
  req.end(body);
  const [res] = await once(req, 'response');
  res.setEncoding('utf8');
  let text = '';
  for await (const chunk of res) text += chunk;
  return { res, text };
}

// Sends bytes and gives all that comes back until the server closes.
function raw(server, bytes) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (data) => text += data);
    socket.on('close', () => resolve(text.replace(/Date: [^\r]*/g, 'Date: D')));
    socket.on('error', reject);
  });
}

test('the head of an answer is Node\'s, byte by byte', async () => {
  const server = await serve((req, res) => {
    if (req.url === '/end') return res.end('hello');
    if (req.url === '/head') return res.writeHead(201, 'Made', { 'X-A': 'b', 'Set-Cookie': ['a=1', 'b=2'] }).end();
    if (req.url === '/chunks') {
      res.write('ab');
      res.write(Buffer.from('cd'));
      res.addTrailers({ 'X-T': 'v' });
      return res.end('ef');
    }
    res.statusCode = 204;
    res.end('nothing');
  });
  const close = 'Host: x\r\nConnection: close\r\n\r\n';
  assert.strictEqual(await raw(server, `GET /end HTTP/1.1\r\n${close}`),
                     'HTTP/1.1 200 OK\r\nDate: D\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello');
  assert.strictEqual(await raw(server, 'GET /end HTTP/1.0\r\n\r\n'),
                     'HTTP/1.1 200 OK\r\nDate: D\r\nConnection: close\r\n\r\nhello');
  assert.strictEqual(await raw(server, `HEAD /end HTTP/1.1\r\n${close}`),
                     'HTTP/1.1 200 OK\r\nDate: D\r\nConnection: close\r\n\r\n');
  assert.strictEqual(
    await raw(server, `GET /head HTTP/1.1\r\n${close}`),
    'HTTP/1.1 201 Made\r\nX-A: b\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nDate: D\r\nConnection: close\r\n' +
    'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n');
  assert.strictEqual(
    await raw(server, `GET /chunks HTTP/1.1\r\n${close}`),
    'HTTP/1.1 200 OK\r\nDate: D\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n' +
    '2\r\nab\r\n2\r\ncd\r\n2\r\nef\r\n0\r\nX-T: v\r\n\r\n');
  assert.strictEqual(await raw(server, `GET /none HTTP/1.1\r\n${close}`),
                     'HTTP/1.1 204 No Content\r\nDate: D\r\nConnection: close\r\n\r\n');
  server.close();
});

test('pipelined answers come in the order of their requests', async () => {
  const server = await serve((req, res) => {
    const n = Number(req.url.slice(1));
    setTimeout(() => res.end(`<${n}>`), (5 - n) * 10);
  });
  const requests = [0, 1, 2, 3].map((n) => `GET /${n} HTTP/1.1\r\nHost: x\r\n\r\n`).join('');
  const text = await raw(server, `${requests}GET /4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  assert.deepStrictEqual(text.match(/<\d>/g), ['<0>', '<1>', '<2>', '<3>', '<4>']);
  server.close();
});

test('bodies both ways, large and small', async () => {
  const server = await serve((req, res) => req.pipe(res));
  for (const size of [0, 1, 1000, 70_000, 5_000_000]) {
    const body = 'x'.repeat(size);
    const { text } = await request(server, { method: 'POST' }, body);
    assert.strictEqual(text.length, size);
    const chunked = await request(server, { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } }, body);
    assert.strictEqual(chunked.text, body);
  }
  server.close();
});

test('what frameworks do with req and res', async () => {
  const server = await serve((req, res) => {
    const request = Object.create(http.IncomingMessage.prototype, { extra: { value: 1 } });
    const response = Object.create(http.ServerResponse.prototype, { send: { value(x) { this.end(`${x}`); } } });
    Object.setPrototypeOf(req, request);
    Object.setPrototypeOf(res, response);
    assert.strictEqual(req.extra, 1);
    assert.strictEqual(req.headers['x-a'], 'b');
    assert.strictEqual(req.socket, res.socket);
    assert.strictEqual(req.socket.remoteAddress, '127.0.0.1');
    assert.ok(req.rawHeaders.includes('X-A'));
    res.setHeader('X-B', 'c');
    assert.strictEqual(res.getHeader('x-b'), 'c');
    res.send(42);
  });
  const { res, text } = await request(server, { headers: { 'X-A': 'b' } });
  assert.strictEqual(text, '42');
  assert.strictEqual(res.headers['x-b'], 'c');
  server.close();
});

test('subclasses of both', async () => {
  class Req extends http.IncomingMessage {
    get isMine() {
      return true;
    }
  }
  class Res extends http.ServerResponse {
    json(value) {
      this.setHeader('Content-Type', 'application/json');
      this.end(JSON.stringify(value));
    }
  }
  const server = await serve((req, res) => res.json({ mine: req.isMine }), { IncomingMessage: Req, ServerResponse: Res });
  assert.strictEqual((await request(server)).text, '{"mine":true}');
  server.close();
});

test('100-continue, informational answers and early hints', async () => {
  const server = await serve((req, res) => {
    res.writeProcessing();
    res.writeEarlyHints({ link: '</a.css>; rel=preload' });
    req.resume();
    req.on('end', () => res.end('done'));
  });
  const req = http.request({ port: server.address().port, method: 'POST', headers: { Expect: '100-continue' } });
  const information = [];
  req.on('information', ({ statusCode }) => information.push(statusCode));
  req.on('continue', () => req.end('body'));
  const [res] = await once(req, 'response');
  res.resume();
  await once(res, 'end');
  assert.deepStrictEqual(information, [100, 102, 103]);
  server.close();
});

test('upgrade and CONNECT hand the socket over', async () => {
  const server = await serve(() => assert.fail('no request'));
  server.on('upgrade', (req, socket, head) => {
    assert.strictEqual(req.headers.upgrade, 'echo');
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.write(head);
    socket.pipe(socket);
  });
  server.on('connect', (req, socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${req.url}`));
  const req = http.get({
    port: server.address().port, headers: { Connection: 'Upgrade', Upgrade: 'echo' },
  });
  const [res, socket, head] = await once(req, 'upgrade');
  assert.strictEqual(res.statusCode, 101);
  assert.strictEqual(head.length, 0);
  socket.write('ping');
  assert.strictEqual(String((await once(socket, 'data'))[0]), 'ping');
  socket.end();
  const connect = http.request({ port: server.address().port, method: 'CONNECT', path: 'a:1' }).end();
  const [answer, tunnel, first] = await once(connect, 'connect');
  assert.strictEqual(answer.statusCode, 200);
  assert.strictEqual(String(first.length > 0 ? first : (await once(tunnel, 'data'))[0]), 'a:1');
  server.close();
});

test('an agent keeps sockets, and close() does not wait for them', async () => {
  const server = await serve((req, res) => res.end(String(req.socket.remotePort)));
  const agent = new http.Agent({ keepAlive: true });
  const first = await request(server, { agent });
  await new Promise(setImmediate);
  const second = await request(server, { agent });
  assert.strictEqual(first.text, second.text);
  const start = Date.now();
  server.close();
  await once(server, 'close');
  assert.ok(Date.now() - start < 1000);
  agent.destroy();
});

test('headers that would split the answer are refused', async () => {
  const server = await serve((req, res) => {
    assert.throws(() => res.setHeader('a', 'b\r\nc: d'), { code: 'ERR_INVALID_CHAR' });
    assert.throws(() => res.setHeader('a\n', 'b'), { code: 'ERR_INVALID_HTTP_TOKEN' });
    assert.throws(() => res.writeHead(200, { 'x': 'y\n' }), { code: 'ERR_INVALID_CHAR' });
    assert.throws(() => res.writeHead(200, 'O\r\nK'), { code: 'ERR_INVALID_CHAR' });
    assert.throws(() => res.writeHead(99), { code: 'ERR_HTTP_INVALID_STATUS_CODE' });
    res.statusMessage = 'OK';
    res.writeHead(200);
    assert.throws(() => res.setHeader('a', 'b'), { code: 'ERR_HTTP_HEADERS_SENT' });
    res.end('ok');
    res.on('error', (error) => assert.strictEqual(error.code, 'ERR_STREAM_WRITE_AFTER_END'));
    res.write('late');
  });
  assert.strictEqual((await request(server)).text, 'ok');
  server.close();
});

test('a client that goes away is told to both sides of its request', async () => {
  const events = [];
  const server = await serve((req, res) => {
    req.on('close', () => events.push('req close'));
    req.on('error', (error) => events.push(error.code));
    res.on('close', () => events.push(`res close ${res.writableFinished}`));
    res.write('begun');
  });
  const req = http.request({ port: server.address().port, method: 'POST' });
  req.on('error', () => {});
  req.write('part');
  const [res] = await once(req, 'response');
  res.on('error', () => {});
  res.once('data', () => req.destroy());
  while (events.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepStrictEqual(events.sort(), ['ECONNRESET', 'req close', 'res close false']);
  server.close();
});

test('keep-alive connections are closed when they wait too long', async () => {
  const server = await serve((req, res) => res.end('ok'), { keepAliveTimeout: 50, keepAliveTimeoutBuffer: 0 });
  const start = Date.now();
  const text = await raw(server, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.match(text, /ok$/);
  assert.ok(Date.now() - start >= 45);
  server.close();
});

test('slow heads are answered 408', async () => {
  const server = await serve(() => assert.fail('no request'), {
    headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 50,
  });
  assert.match(await raw(server, 'GET / HTTP/1.1\r\nHo'), /^HTTP\/1.1 408 Request Timeout\r\n/);
  server.close();
});

test('requests with the same headers do not share them', async () => {
  const seen = [];
  const server = await serve((req, res) => {
    seen.push(`${Object.keys(req.headers)} ${req.rawHeaders.length} ${req.headers['x-list']} ${req.headers['set-cookie']}`);
    req.headers.added = 'by the program';
    req.headers['set-cookie']?.push('added');
    req.rawHeaders.push('added');
    res.end();
  });
  const head = 'GET / HTTP/1.1\r\nHost: x\r\nX-List: a\r\nX-List: b\r\n';
  const cookie = `${head}Set-Cookie: c\r\n\r\n`;
  await raw(server, `${`${head}\r\n`.repeat(4)}${cookie.repeat(4)}${head}Connection: close\r\n\r\n`);
  assert.deepStrictEqual(seen, [
    ...new Array(4).fill('host,x-list 6 a, b undefined'),
    ...new Array(4).fill('host,x-list,set-cookie 8 a, b c'),
    'host,x-list,connection 8 a, b undefined',
  ]);
  server.close();
});

test('headers to be sent are found in any case and keep their order', () => {
  const message = new http.OutgoingMessage();
  message.setHeader('X-First', 1);
  message.setHeader('Content-Type', 'text/plain');
  message.appendHeader('x-list', 'a');
  message.appendHeader('X-List', ['b', 'c']);
  message.setHeader('x-FIRST', 'again');
  message.removeHeader('content-TYPE');
  message.setHeader('content-type', 'text/html');
  assert.deepStrictEqual(message.getHeaderNames(), ['x-first', 'x-list', 'content-type']);
  assert.deepStrictEqual(message.getRawHeaderNames(), ['x-FIRST', 'x-list', 'content-type']);
  assert.deepStrictEqual({ ...message.getHeaders() }, {
    'x-first': 'again', 'x-list': ['a', 'b', 'c'], 'content-type': 'text/html',
  });
  assert.strictEqual(message.getHeader('CONTENT-type'), 'text/html');
  assert.ok(message.hasHeader('X-LIST') && !message.hasHeader('nowhere') && !message.hasHeader('not a name'));
  // More names than are remembered.
  for (let i = 0; i < 1000; i++) message.setHeader(`X-Many-${i}`, i);
  message.setHeader('x-MANY-999', 'other case');
  assert.strictEqual(message.getHeaderNames().length, 1003);
  assert.strictEqual(message.getHeader('X-many-999'), 'other case');
});

test('the memory of a body\'s chunks may go elsewhere', async () => {
  const chunk = '0123456789';
  const server = net.createServer((socket) => socket.once('data', () => socket.end(
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${`a\r\n${chunk}\r\n`.repeat(3000)}0\r\n\r\n`)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const [res] = await once(http.get({ port: server.address().port, host: '127.0.0.1' }), 'response');
  let count = 0;
  res.on('data', (data) => {
    assert.strictEqual(data.toString(), chunk);
    count++;
    data.buffer.transfer(0);
    Buffer.alloc(64 * 1024, 'z');
  });
  await once(res, 'end');
  assert.strictEqual(count, 3000);
  server.close();
});

test('an answer leaves when it is complete, whatever the handler does then', async () => {
  for (const then of ['exit', 'throw', 'block']) {
    const child = fork(__filename, [then], { silent: true });
    const ended = once(child, 'exit');
    const [port] = await once(child, 'message');
    const [res] = await once(http.get({ port, host: '127.0.0.1', method: then === 'block' ? 'POST' : 'GET' }), 'response');
    assert.strictEqual((await once(res, 'data')).toString(), 'complete', then);
    res.on('error', () => {});
    child.kill('SIGKILL');
    await ended;
  }
});

const afterwards = {
  exit: () => process.exit(),
  throw: () => { throw new Error('the handler fails'); },
  block: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
};

async function serveThen(then) {
  const server = await serve((req, res) => {
    res.end('complete');
    then();
  });
  process.send(server.address().port);
}

(async () => {
  if (process.argv[2] !== undefined) return serveThen(afterwards[process.argv[2]]);
  for (const [name, run] of tests) {
    try {
      await run();
    } catch (error) {
      console.error(`not ok: ${name}`);
      throw error;
    }
  }
})();
