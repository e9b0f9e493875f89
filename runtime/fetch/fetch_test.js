// fetch and the classes around it, against a server of node:http: the package is undici's, what is shown here is that it
// runs whole as built-in code.
'use strict';

const assert = require('assert');
const { once } = require('events');
const http = require('http');
const net = require('net');
const zlib = require('zlib');

const answers = {
  '/echo'(request, response) {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      response.setHeader('x-method', request.method);
      response.setHeader('content-type', request.headers['content-type'] ?? 'none');
      response.end(Buffer.concat(chunks));
    });
  },
  '/agent': (request, response) => response.end(request.headers['user-agent']),
  '/gzip': (request, response) => response.setHeader('content-encoding', 'gzip').end(zlib.gzipSync('packed')),
  '/redirect': (request, response) => response.writeHead(302, { location: '/agent' }).end(),
  '/cut': (request) => request.socket.destroy(),
  '/never': () => {},
};

function checkGlobals() {
  for (const name of ['Headers', 'Request', 'Response', 'FormData', 'WebSocket', 'MessageEvent', 'CloseEvent']) {
    const { value, ...rest } = Object.getOwnPropertyDescriptor(globalThis, name);
    assert.strictEqual(value.name, name);
    assert.deepStrictEqual(rest, { writable: true, enumerable: false, configurable: true });
  }
  const { value, ...rest } = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
  assert.deepStrictEqual([value.name, value.length], ['fetch', 1]);
  assert.deepStrictEqual(rest, { writable: true, enumerable: true, configurable: true });
  assert.strictEqual(typeof EventSource, 'undefined');
  assert.strictEqual(http.WebSocket, WebSocket);
  assert.match(process.versions.undici, /^7\./);
}

async function bodies(origin) {
  const post = async (body, init) => {
    const response = await fetch(`${origin}/echo`, { method: 'POST', body, ...init });
    return [response.headers.get('x-method'), response.headers.get('content-type'), await response.text()];
  };
  assert.deepStrictEqual(await post('text'), ['POST', 'text/plain;charset=UTF-8', 'text']);
  assert.deepStrictEqual(await post(new URLSearchParams({ a: 'b c' })),
                         ['POST', 'application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c']);
  assert.deepStrictEqual(await post(new Blob(['blob'], { type: 'x/y' })), ['POST', 'x/y', 'blob']);
  const stream = ReadableStream.from([Buffer.from('in '), Buffer.from('pieces')]);
  assert.deepStrictEqual(await post(stream, { duplex: 'half' }), ['POST', 'none', 'in pieces']);
  const form = new FormData();
  form.append('field', 'value');
  form.append('file', new File(['content'], 'name.txt', { type: 'text/plain' }));
  const response = await fetch(`${origin}/echo`, { method: 'POST', body: form });
  const copy = await response.formData();
  assert.strictEqual(copy.get('field'), 'value');
  assert.strictEqual(copy.get('file').name, 'name.txt');
  assert.strictEqual(await copy.get('file').text(), 'content');
}

async function responses(origin) {
  const redirected = await fetch(`${origin}/redirect`);
  assert.deepStrictEqual([redirected.redirected, redirected.url, await redirected.text()], [true, `${origin}/agent`, 'node']);
  assert.strictEqual(await (await fetch(`${origin}/gzip`)).text(), 'packed');
  assert.strictEqual((await fetch(`${origin}/nowhere`)).status, 404);
  assert.strictEqual(await (await fetch('data:text/plain,of%20the%20url')).text(), 'of the url');
  const blob = URL.createObjectURL(new Blob(['of a blob']));
  assert.strictEqual(await (await fetch(blob)).text(), 'of a blob');
}

async function failures(origin) {
  const fails = (url, code) => assert.rejects(fetch(url), (error) => {
    assert.deepStrictEqual([error.name, error.message, error.cause.code], ['TypeError', 'fetch failed', code]);
    return true;
  });
  await fails(`${origin}/cut`, 'UND_ERR_SOCKET');
  const closed = net.createServer().listen(0);
  const { port } = closed.address();
  closed.close();
  await fails(`http://127.0.0.1:${port}/`, 'ECONNREFUSED');
  await assert.rejects(fetch('/relative'), { name: 'TypeError', message: 'Failed to parse URL from /relative' });
  await assert.rejects(fetch(`${origin}/echo`, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  await assert.rejects(fetch(`${origin}/never`, { signal: AbortSignal.timeout(30) }), { name: 'TimeoutError' });
}

(async () => {
  checkGlobals();
  const server = http.createServer((request, response) => {
    const answer = answers[request.url];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  }).listen(0);
  await once(server, 'listening');
  const origin = `http://localhost:${server.address().port}`;
  await bodies(origin);
  await responses(origin);
  await failures(origin);
  server.close();
  server.closeAllConnections();
  console.log('ok');
})();
