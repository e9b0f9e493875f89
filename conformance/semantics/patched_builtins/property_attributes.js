'use strict';
// What programs may put in the place of built-in properties, what only Object.defineProperty() changes, and what shows when
// properties are enumerated.
const assert = require('assert');
const crypto = require('crypto');
const http = require('http');
const net = require('net');

function kindOf(object, name) {
  const { get, set, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(object, name);
  return [get && 'get', set && 'set', writable && 'writable', enumerable && 'enumerable', configurable && 'configurable']
    .filter(Boolean).join(' ');
}

for (const name of ['arch', 'platform', 'version', 'versions', 'release', 'pid', 'config', 'features', 'argv', 'argv0', 'env', 'execArgv']) {
  console.log('process', name, kindOf(process, name));
}
console.log('versions.node', kindOf(process.versions, 'node'), Object.isFrozen(process.versions));
assert.throws(() => { process.platform = 'beos'; }, TypeError);

// As test suites do.
const { platform, versions } = process;
Object.defineProperty(process, 'platform', { value: 'beos' });
Object.defineProperty(process.versions, 'node', { value: '12.0.0' });
console.log(process.platform, process.versions.node);
Object.defineProperty(process, 'versions', { value: { node: '1.0.0' } });
console.log(process.versions.node, versions.node);
Object.defineProperty(process, 'platform', { value: platform });

console.log('constants', kindOf(require('constants'), 'EPERM'), kindOf(require('constants'), 'O_RDONLY'));

function enumerated(prototype, names) {
  const found = new Set();
  for (const name in prototype) found.add(name);
  return names.filter((name) => found.has(name)).join() || 'none';
}

console.log('request', enumerated(http.IncomingMessage.prototype,
                                  ['connection', 'headers', 'headersDistinct', 'signal', 'trailers', 'trailersDistinct']));
console.log('response', enumerated(http.ServerResponse.prototype, [
  'closed', 'connection', 'errored', 'headersSent', 'socket', 'writableCorked', 'writableEnded', 'writableFinished',
  'writableHighWaterMark', 'writableLength', 'writableNeedDrain', 'writableObjectMode',
]));
console.log('socket', enumerated(net.Socket.prototype,
                                 ['_connecting', 'bufferSize', 'bytesRead', 'localPort', 'pending', 'readyState', 'remotePort']));
console.log('certificate', enumerated(crypto.X509Certificate.prototype, ['subject', 'raw', 'checkHost', 'toJSON']));
console.log('key', enumerated(crypto.KeyObject.prototype, ['type', 'equals', 'export', 'toCryptoKey']));

const lengths = {
  'assert.equal': assert.equal, 'assert.deepStrictEqual': assert.deepStrictEqual, 'assert.fail': assert.fail,
  'crypto.randomUUID': crypto.randomUUID, 'crypto.scrypt': crypto.scrypt, 'events.once': require('events').once,
  structuredClone, 'url.pathToFileURL': require('url').pathToFileURL, 'util.debuglog': require('util').debuglog,
  'util.parseArgs': require('util').parseArgs, 'v8.getHeapSnapshot': require('v8').getHeapSnapshot,
  'clearLine': require('tty').WriteStream.prototype.clearLine,
};
for (const [name, f] of Object.entries(lengths)) console.log(name, f.length);
