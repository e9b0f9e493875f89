'use strict';
// Arguments that no program means to pass, where something once ended the process, or with an error of another name.
const crypto = require('crypto');
const dgram = require('dgram');
const net = require('net');
const tls = require('tls');
const v8 = require('v8');
const { createHistogram } = require('perf_hooks');

function tried(label, f) {
  try {
    console.log(label, f());
  } catch (error) {
    console.log(label, error.name, error.code, error.message);
  }
}

function connected(options) {
  const socket = tls.connect({ port: 1, host: '127.0.0.1', ...options });
  socket.on('error', () => {});
  socket.destroy();
  return 'made';
}

const lists = [
  [''], ['a', ''], Buffer.from([5]), Buffer.from([1, 97, 0]), new Uint8Array([3, 1]), ['x'.repeat(256)], [5], [null], 'abc', 5,
  [Buffer.from('a')], [new Uint8Array(300)], [Buffer.alloc(0)], new DataView(new ArrayBuffer(2)),
];
for (const list of lists) tried('ALPN', () => connected({ ALPNProtocols: list }));

for (const empty of ['', Buffer.alloc(0), ' \n']) {
  for (const method of ['exportPublicKey', 'exportChallenge', 'verifySpkac']) {
    tried(method, () => JSON.stringify(String(crypto.Certificate[method](empty))));
  }
}

for (const value of [0, 1.5, 2 ** 53, 2n ** 63n - 1n, 2n ** 63n, 2n ** 65n, -5n, 'x']) {
  tried('record', () => createHistogram().record(value));
}

for (const Stream of [CompressionStream, DecompressionStream]) {
  for (const format of [Symbol('a'), null, { toString: () => 'gzip' }]) tried(Stream.name, () => typeof new Stream(format));
}

tried('host', () => net.connect({ host: 'a\0b', port: 1 }));

const longer = Object.defineProperty(Buffer.from('abc'), 'length', { value: 40 });
for (const self of [{}, [1, 2], { length: 3 }, new DataView(new ArrayBuffer(2)), 'abc', undefined, longer]) {
  tried('inspect', () => Buffer.prototype.inspect.call(self, 1, {}));
}

for (const length of [2 ** 64, -1, Infinity]) tried('raw', () => new v8.Deserializer(Buffer.alloc(4)).readRawBytes(length));

const socket = net.connect(1, '127.0.0.1');
socket.on('error', (error) => console.log('path after address', error.code));
socket.connect('/nonexistent');

const receiver = dgram.createSocket('udp4');
receiver.bind(0, () => {
  for (const odd of [{}, 5, Symbol('a'), '', false, new Uint8Array(2)]) {
    tried('interface', () => receiver.addMembership('239.1.1.1', odd));
    tried('interface', () => receiver.addSourceSpecificMembership('127.0.0.1', '239.1.1.1', odd));
  }
  receiver.close();
});
