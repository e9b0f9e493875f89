'use strict';
// TLS end to end: handshake, verification, resumption, SNI, ALPN, errors, streams of other kinds. Node passes it too.

const assert = require('assert');
const fs = require('fs');
const net = require('net');
const path = require('path');
const tls = require('tls');
const { duplexPair } = require('stream');
const { once } = require('events');

const read = (name) => fs.readFileSync(path.join(__dirname, 'testdata', name));
const key = read('server_key.pem');
const cert = read('server_cert.pem');
const ca = read('ca_cert.pem');

async function listen(options, onConnection) {
  const server = tls.createServer({ key, cert, ...options }, onConnection);
  server.listen(0);
  await once(server, 'listening');
  return [server, server.address().port];
}

async function text(stream) {
  let all = '';
  for await (const chunk of stream) all += chunk;
  return all;
}

async function testEcho() {
  const [server, port] = await listen({}, (socket) => socket.pipe(socket));
  const client = tls.connect({ port, ca, host: 'localhost' });
  await once(client, 'secureConnect');
  assert.strictEqual(client.authorized, true);
  assert.strictEqual(client.getProtocol(), 'TLSv1.3');
  assert.strictEqual(client.getCipher().name, 'TLS_AES_256_GCM_SHA384');
  assert.strictEqual(client.getPeerCertificate().subject.CN, 'localhost');
  assert.strictEqual(client.exportKeyingMaterial(16, 'label').length, 16);
  const big = 'x'.repeat(1 << 20);
  client.end(big);
  assert.strictEqual((await text(client)).length, big.length);
  server.close();
}

async function testErrors() {
  const [server, port] = await listen({}, (socket) => socket.end());
  const codes = [];
  server.on('tlsClientError', ({ code }) => codes.push(code));
  const untrusted = tls.connect({ port, host: 'localhost' });
  assert.strictEqual((await once(untrusted, 'error'))[0].code, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  const misnamed = tls.connect({ port, ca, servername: 'example.org' });
  const [error] = await once(misnamed, 'error');
  assert.strictEqual(error.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
  const plain = net.connect(port);
  plain.end('GET / HTTP/1.1\r\n\r\n');
  plain.resume();
  await once(plain, 'close');
  assert.ok(codes.includes('ERR_SSL_HTTP_REQUEST'), `${codes}`);
  server.close();
}

async function testResumption() {
  const [server, port] = await listen({ maxVersion: 'TLSv1.2' }, (socket) => socket.end('a'));
  const first = tls.connect({ port, ca, host: 'localhost' });
  const [session] = await once(first, 'session');
  first.resume();
  await once(first, 'close');
  const second = tls.connect({ port, ca, host: 'localhost', session });
  await once(second, 'secureConnect');
  assert.strictEqual(second.isSessionReused(), true);
  second.destroy();
  server.close();
}

async function testNames() {
  const [server, port] = await listen({
    ALPNProtocols: ['b', 'a'],
    SNICallback: (name, callback) => setImmediate(callback, null, tls.createSecureContext({ key, cert })),
  }, (socket) => socket.end(`${socket.servername} ${socket.alpnProtocol}`));
  const client = tls.connect({ port, ca, servername: 'www.example.com', ALPNProtocols: ['a'] });
  assert.strictEqual(await text(client), 'www.example.com a');
  server.close();
}

async function testDuplex() {
  const [left, right] = duplexPair();
  const server = new tls.TLSSocket(left, { isServer: true, key, cert });
  server.on('data', (chunk) => server.end(`got ${chunk}`));
  const client = tls.connect({ socket: right, ca, servername: 'localhost' });
  client.write('hello');
  assert.strictEqual(await text(client), 'got hello');
}

// A socket that was not made by tls.connect() begins the handshake when it is written to.
async function testStartsByWriting() {
  const [server, port] = await listen({}, (socket) => socket.pipe(socket));
  const client = new tls.TLSSocket();
  client.connect(port, () => client.end('hello'));
  assert.strictEqual(await text(client), 'hello');
  server.close();
}

// What a pre-shared key's callback writes comes behind the handshake it is asked in; Node fails the handshake.
async function testWritesInCallbacks() {
  if (process.versions.gyre === undefined) return;
  const psk = Buffer.alloc(32, 1);
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    const pskCallback = (socket) => {
      socket.write('from the ');
      socket.write('callback, ');
      return psk;
    };
    const [server, port] = await listen({ key: undefined, cert: undefined, ciphers: 'PSK', maxVersion, pskCallback },
                                        (socket) => socket.pipe(socket).write('and after it, '));
    const client = tls.connect({
      port, ciphers: 'PSK', maxVersion, checkServerIdentity() {},
      pskCallback() {
        client.write('client');
        return { psk, identity: 'me' };
      },
    });
    client.once('secureConnect', () => client.end(' too'));
    assert.strictEqual(await text(client), 'from the callback, and after it, client too');
    server.close();
  }
}

// Node goes round in circles.
async function testEmptyUserBuffer() {
  if (process.versions.gyre === undefined) return;
  const [server, port] = await listen({}, (socket) => socket.on('error', () => {}).write('hello'));
  const sizes = [4, 0];
  const client = tls.connect({ port, ca, host: 'localhost', onread: { buffer: () => new Uint8Array(sizes.shift()), callback() {} } });
  const [error] = await once(client, 'error');
  assert.strictEqual(error.code, 'ENOBUFS');
  server.close();
}

// What a socket knows before its handshake. Node ends with a segmentation fault at its key.
function testBeforeHandshake() {
  const client = new tls.TLSSocket(new net.Socket());
  assert.strictEqual(client.getCipher(), undefined);
  assert.strictEqual(client.getFinished(), undefined);
  assert.strictEqual(client.getSession(), undefined);
  assert.deepStrictEqual(client.getPeerCertificate(), {});
  assert.throws(() => client.exportKeyingMaterial(8, 'x'), { code: 'ERR_TLS_INVALID_STATE' });
  if (process.versions.gyre === undefined) return;
  assert.deepStrictEqual(client.getEphemeralKeyInfo(), {});
  assert.strictEqual(new tls.TLSSocket(new net.Socket(), { isServer: true }).getEphemeralKeyInfo(), null);
}

function testIdentity() {
  const certificate = { subject: { CN: 'a.com' }, subjectaltname: 'DNS:*.b.com, IP Address:127.0.0.1' };
  assert.strictEqual(tls.checkServerIdentity('x.b.com', certificate), undefined);
  assert.strictEqual(tls.checkServerIdentity('127.0.0.1', certificate), undefined);
  assert.strictEqual(tls.checkServerIdentity('a.com', certificate).code, 'ERR_TLS_CERT_ALTNAME_INVALID');
  assert.ok(tls.rootCertificates.length > 100);
  assert.throws(() => tls.createSecureContext({ ciphers: 'nope' }), { code: 'ERR_SSL_NO_CIPHER_MATCH' });
}

(async () => {
  testIdentity();
  testBeforeHandshake();
  await testEcho();
  await testErrors();
  await testResumption();
  await testNames();
  await testDuplex();
  await testStartsByWriting();
  await testWritesInCallbacks();
  await testEmptyUserBuffer();
})();
