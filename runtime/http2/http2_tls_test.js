'use strict';
// Sessions over TLS and over other streams: ALPN, HTTP/1 in its place, a Duplex, files. Node passes it too.

const assert = require('assert');
const fs = require('fs');
const http2 = require('http2');
const https = require('https');
const path = require('path');
const tls = require('tls');
const { duplexPair } = require('stream');

const read = (name) => fs.readFileSync(path.join(__dirname, '../tls/testdata', name));
const identity = { key: read('server_key.pem'), cert: read('server_cert.pem') };
const trust = { ca: read('ca_cert.pem'), rejectUnauthorized: false };

function body(stream) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks).toString()));
    stream.on('error', reject);
  });
}

function listen(server) {
  return new Promise((resolve) => server.listen(0, () => resolve(server.address().port)));
}

async function overTls() {
  const server = http2.createSecureServer({ ...identity, allowHTTP1: true }, (request, response) => {
    response.end(`${request.httpVersion} ${request.socket.encrypted}`);
  });
  const port = await listen(server);
  const client = http2.connect(`https://localhost:${port}`, trust);
  assert.strictEqual(await body(client.request()), '2.0 true');
  assert.strictEqual(client.alpnProtocol, 'h2');
  assert.strictEqual(client.encrypted, true);
  assert.deepStrictEqual(client.originSet, [`https://localhost:${port}`]);
  const old = await new Promise((resolve) => https.get({ port, ...trust, agent: false }, resolve));
  assert.strictEqual(old.httpVersion, '1.1');
  assert.strictEqual(await body(old), '1.1 true');
  client.close();
  server.close();
}

async function withoutHttp1() {
  const server = http2.createSecureServer(identity, () => assert.fail('nobody can ask'));
  const port = await listen(server);
  const socket = tls.connect({ port, ...trust });
  assert.match(await body(socket), /403 Forbidden[^]*expected `h2`/);
  server.close();
}

async function overDuplex() {
  const [near, far] = duplexPair();
  const server = http2.createServer();
  server.on('stream', (stream, headers) => {
    stream.respond({ ':status': 200 });
    stream.end(`you asked for ${headers[':path']}`);
  });
  server.emit('connection', far);
  const client = http2.connect('http://localhost', { createConnection: () => near });
  const answers = ['/a', '/b', '/c'].map((name) => body(client.request({ ':path': name })));
  assert.deepStrictEqual(await Promise.all(answers), ['/a', '/b', '/c'].map((name) => `you asked for ${name}`));
  client.destroy();
}

function notFound(stream) {
  stream.respond({ ':status': 404 }, { endStream: true });
}

async function files() {
  const text = fs.readFileSync(__filename, 'utf8');
  const server = http2.createServer();
  server.on('stream', (stream, headers) => {
    const name = headers[':path'];
    if (name === '/range') stream.respondWithFile(__filename, {}, { offset: 1, length: 10 });
    else if (name === '/missing') stream.respondWithFile(`${__filename}-`, {}, { onError: () => notFound(stream) });
    else stream.respondWithFile(__filename, {}, { statCheck: (stat, fields) => { fields['x-size'] = stat.size; } });
  });
  const port = await listen(server);
  const client = http2.connect(`http://localhost:${port}`);
  const whole = client.request({ ':path': '/' });
  whole.on('response', (headers) => assert.strictEqual(headers['x-size'], String(Buffer.byteLength(text))));
  assert.strictEqual(await body(whole), text);
  assert.strictEqual(await body(client.request({ ':path': '/range' })), text.slice(1, 11));
  const missing = client.request({ ':path': '/missing' });
  missing.on('response', (headers) => assert.strictEqual(headers[':status'], 404));
  assert.strictEqual(await body(missing), '');
  client.close();
  server.close();
}

Promise.all([overTls(), withoutHttp1(), overDuplex(), files()]);
