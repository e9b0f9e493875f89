// What fuzz/api_calls passes as arguments, by names. A value is made once per input, when it is first asked for: calls
// that get `bytes` get the same bytes. The end of each table is where a new value goes.
'use strict';

const { Buffer, Blob } = require('buffer');
const { EventEmitter } = require('events');
const { Duplex, PassThrough, Readable, Writable } = require('stream');
const { ReadableStream, WritableStream } = require('stream/web');
const { URL, URLSearchParams } = require('url');
const { AbortController, AbortSignal } = require('internal/abort_controller');
const { MessageChannel, structuredClone } = require('internal/messaging');

// Nothing is there.
const MISSING = '/nonexistent/gyre-fuzz';

const KEY =
  '-----BEGIN EC PRIVATE KEY-----\n' +
  'MHcCAQEEIFXeqJyqIlvLBtk0yjpjQwUmk2t7CDldiBk5OovXKAjgoAoGCCqGSM49\n' +
  'AwEHoUQDQgAEi59SzoUoBLTlLV3XzAzo647jI9o3oF7tZYm7kp6wHw07UN93QcfA\n' +
  'rvN8+v5PezhO5AXDti39pRrhOX2M8FzCZA==\n' +
  '-----END EC PRIVATE KEY-----\n';
const CERTIFICATE =
  '-----BEGIN CERTIFICATE-----\n' +
  'MIIBnTCCAUKgAwIBAgIUedszxYDcRgT4R5LOh7Lky5qbuZQwCgYIKoZIzj0EAwIw\n' +
  'FzEVMBMGA1UEAwwMR3lyZSB0ZXN0IENBMCAXDTI2MTEyMjA5MTQyOFoYDzIxMDkw\n' +
  'MTExMDkxNDI4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggq\n' +
  'hkjOPQMBBwNCAASLn1LOhSgEtOUtXdfMDOjrjuMj2jegXu1libuSnrAfDTtQ33dB\n' +
  'x8Cu83z6/k97OE7kBcO2Lf2lGuE5fYzwXMJko20wazApBgNVHREEIjAggglsb2Nh\n' +
  'bGhvc3SCDSouZXhhbXBsZS5jb22HBH8AAAEwHQYDVR0OBBYEFJQuWdO+I+OJLcDz\n' +
  'pwu3uGomaP0NMB8GA1UdIwQYMBaAFIMsupJdlD/O7gGOikmznOOpjnVoMAoGCCqG\n' +
  'SM49BAMCA0kAMEYCIQDqhTFEVlBvhbZX4jKnK4UkPUl9Y+PshokH2vzc/QdCUQIh\n' +
  'AJIpQpkFnT8wpKkRO24VH6AmPVYfvenj5vo+UXOT8sGa\n' +
  '-----END CERTIFICATE-----\n';

const NUMBERS = {
  '0': 0,
  '-0': -0,
  '1': 1,
  '-1': -1,
  '1.5': 1.5,
  '2': 2,
  '3': 3,
  '5': 5,
  '16': 16,
  '101': 101,
  '200': 200,
  '255': 255,
  '256': 256,
  '65535': 65535,
  '65536': 65536,
  '2**31-1': 2 ** 31 - 1,
  '2**31': 2 ** 31,
  '2**32-1': 2 ** 32 - 1,
  '2**32': 2 ** 32,
  '2**53-1': 2 ** 53 - 1,
  '2**53': 2 ** 53,
  '2**64': 2 ** 64,
  '-2**31': -(2 ** 31),
  '-2**53': -(2 ** 53),
  'NaN': NaN,
  'Infinity': Infinity,
  '-Infinity': -Infinity,
  '1n': 1n,
  '-1n': -1n,
  '2n**63n': 2n ** 63n,
  '2n**64n-1n': 2n ** 64n - 1n,
  '2n**70n': 2n ** 70n,
};

// In an input a string is written in JSON (stringName).
const STRINGS = [
  '', 'abc', '\0', 'a\0b', '\xe9', '\u4e2d', '\ud83d\ude00', '\ud800', ' ', '\n', '%', '%00', '__proto__',
  'constructor', '0', '-1', 'utf8', 'utf-16le', 'latin1', 'base64', 'hex', 'ascii', 'bytes', 'jwk', 'pem', 'der', 'raw',
  'pkcs8', 'spki', 'sha256', 'shake128', 'aes-128-cbc', 'aes-128-gcm', 'id-aes128-wrap', 'ed25519', 'x25519',
  'prime256v1', 'ec', 'hmac', 'aes', 'AES-GCM', 'AES-CBC', 'HMAC', 'HKDF', 'PBKDF2', 'ECDSA', 'Ed25519', 'SHA-256',
  'P-256', 'sign', 'encrypt', 'data', 'error', 'close', 'end', 'finish', 'connection', 'connect', 'request', 'message',
  'line', 'change', 'udp4', 'udp6', 'ipv4', 'ipv6', '127.0.0.1', '::1', '127.0.0.1/8', 'GET', 'CONNECT', 'Host',
  ':path', 'gzip', 'identity', 'http://127.0.0.1:1/', 'ws://127.0.0.1:1/', 'data:,a', 'a/b;c=d', 'a=b&c', '[a', '(?',
  '/:a', '{"a":1}', '1', 'x', 'return 1', 'select 1', 'select ?, :a', 'create table t(a)',
  'insert into t values (zeroblob(9))', 'main', MISSING, `${MISSING}/**`, 'a\nb', '\x1b[31m', '--a=b', 'PATH=1\n',
  'mark', 'measure', 'function', 'gc', 'high', 'strict',
];

function failure() {
  throw new Error('fuzz');
}

function throwing() {
  return {
    get a() { return failure(); }, get length() { return failure(); }, toString: failure, valueOf: failure, then: failure,
  };
}

// Whatever it is, looking at it is an error.
function hostileProxy() {
  return new Proxy({}, {
    get: failure, has: failure, ownKeys: failure, getPrototypeOf: failure, getOwnPropertyDescriptor: failure,
  });
}

function detached() {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

/** A view of memory that has become too short for it. */
function outOfBounds() {
  const buffer = new ArrayBuffer(16, { maxByteLength: 32 });
  const view = new Uint8Array(buffer, 8, 8);
  buffer.resize(4);
  return view;
}

/** An object that, when it is made a number or a string, takes away the memory of `bytes`. */
function detacher(input) {
  const act = () => {
    const { buffer } = input.value('bytes');
    if (!buffer.detached) structuredClone(buffer, { transfer: [buffer] });
    return 3;
  };
  return { valueOf: act, toString: () => String(act()), get encoding() { return act(); }, get length() { return act(); } };
}

/** As above; it takes most of the memory of `resizable`. */
function shrinker(input) {
  const act = () => {
    input.value('resizable').buffer.resize(1);
    return 3;
  };
  return { valueOf: act, toString: () => String(act()), [Symbol.iterator]: function* iterate() { yield act(); } };
}

const OBJECTS = {
  'undefined': () => undefined,
  'null': () => null,
  'true': () => true,
  'false': () => false,
  'symbol': () => Symbol('fuzz'),
  'iterator-symbol': () => Symbol.iterator,
  'long': () => 'x'.repeat(5000),
  'long-two-byte': () => '\u4e2d'.repeat(3000),
  'object': () => ({}),
  'no-prototype': () => Object.create(null),
  'array': () => [],
  'holes': () => [1, , 2], // eslint-disable-line no-sparse-arrays
  'array-like': () => ({ length: 3, 0: 'a' }),
  'pairs': () => [['a', 'b'], ['c', 'd']],
  'cycle': () => {
    const cycle = { a: 1 };
    cycle.self = cycle;
    return cycle;
  },
  'boxed': () => Object('abc'),
  'function': (input) => (...args) => args.forEach((each) => input.keep(each)),
  'async-function': () => async () => {},
  'generator': () => (function* generate() { yield 'a'; }()),
  'async-generator': () => (async function* generate() { yield 'a'; }()),
  'class': () => class {},
  'throws': () => failure,
  'rejects': () => async () => failure(),
  'closes': (input) => () => input.closeAll(),
  'date': () => new Date(0),
  'invalid-date': () => new Date(NaN),
  'regexp': () => /a/g,
  'map': () => new Map([['a', 1]]),
  'set': () => new Set([1]),
  'weak-map': () => new WeakMap(),
  'error': () => new Error('fuzz'),
  'bytes': () => Buffer.from(new Uint8Array(64).buffer),
  'empty-bytes': () => Buffer.alloc(0),
  'abc-bytes': () => Buffer.from('abc'),
  'sixteen-bytes': () => new Uint8Array(16),
  'many-bytes': () => Buffer.alloc(70000, 'ab'),
  'array-buffer': () => new ArrayBuffer(8),
  'words': () => new Uint16Array(4),
  'doubles': () => new Float64Array(2),
  'big-words': () => new BigUint64Array(2),
  'view': () => new DataView(new ArrayBuffer(8), 1, 2),
  'detached': detached,
  'detached-view': () => {
    const view = new Uint8Array(8);
    structuredClone(view, { transfer: [view.buffer] });
    return view;
  },
  'resizable': () => new Uint8Array(new ArrayBuffer(32, { maxByteLength: 64 })),
  'out-of-bounds': outOfBounds,
  'shared': () => new SharedArrayBuffer(8),
  'shared-view': () => new Uint8Array(new SharedArrayBuffer(8)),
  'growable-view': () => new Uint8Array(new SharedArrayBuffer(8, { maxByteLength: 16 })),
  'detacher': detacher,
  'shrinker': shrinker,
  'throwing': throwing,
  'proxy': () => new Proxy({}, {}),
  'function-proxy': () => new Proxy(() => {}, {}),
  'hostile-proxy': hostileProxy,
  'revoked-proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'number-like': () => ({ valueOf: () => 3 }),
  'string-like': () => ({ toString: () => 'x' }),
  'thenable': () => ({ then: (resolve) => resolve(1) }),
  'promise': () => Promise.resolve(1),
  'endless-promise': () => new Promise(() => {}),
  'signal': () => new AbortController().signal,
  'aborted': () => AbortSignal.abort(),
  'emitter': () => new EventEmitter(),
  'readable': () => Readable.from(['a', Buffer.from('b')], { objectMode: false }),
  'writable': () => new Writable({ write(chunk, encoding, callback) { callback(); } }),
  'duplex': () => new PassThrough(),
  'silent-duplex': () => new Duplex({ read() {}, write() {} }),
  'destroyed-stream': () => new PassThrough().destroy(),
  'web-readable': () => new ReadableStream({ start(controller) { controller.enqueue('a'); } }),
  'web-writable': () => new WritableStream(),
  'url': () => new URL(`file://${MISSING}`),
  'http-url': () => new URL('http://127.0.0.1:1/a'),
  'parameters': () => new URLSearchParams('a=b'),
  'blob': () => new Blob(['abc']),
  'port': () => new MessageChannel().port1,
  'private-key': () => KEY,
  'certificate': () => CERTIFICATE,
  'wasm': () => Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
};

// Names of options and of properties that something reads. In an input: {name=value,name=value}.
const OPTIONS = [
  'ALPNProtocols', 'access', 'agent', 'algorithm', 'all', 'allowHalfOpen', 'alpnProtocol', 'asymmetricKeyType',
  'authTagLength', 'autoDestroy', 'autoSelectFamily', 'backlog', 'base', 'bigint', 'breakLength', 'bubbles', 'ca',
  'cache', 'cachedData', 'capture', 'cause', 'cert', 'checkServerIdentity', 'ciphers', 'code', 'colors', 'columnOffset',
  'compact', 'completer', 'construct', 'context', 'contextExtensions', 'controller', 'counter', 'createConnection',
  'crl', 'curve', 'data', 'decodeStrings', 'defaultEncoding', 'deep', 'depth', 'destroy', 'detail', 'deterministic',
  'dictionary', 'digest', 'duration', 'duplex', 'ecdhCurve', 'emitClose', 'enableTrace', 'encoding', 'endStream',
  'endings', 'entryTypes', 'env', 'exclusive', 'family', 'fatal', 'figures', 'filename', 'final', 'finishFlush', 'flow',
  'flowlabel', 'flush', 'format', 'get', 'handle', 'hash', 'hashAlgorithm', 'headers', 'highWaterMark', 'highest',
  'hints', 'history', 'host', 'hostname', 'ignoreBOM', 'immediate', 'importModuleDynamically', 'info', 'input',
  'insecureHTTPParser', 'iv', 'keepAlive', 'keepAliveMsecs', 'key', 'keyData', 'kty', 'label', 'length', 'level',
  'lineOffset', 'localAddress', 'localPort', 'lookup', 'lowest', 'maxArrayLength', 'maxHeaderSize', 'maxOutputLength',
  'maxReservedRemoteStreams', 'maxSendHeaderBlockLength', 'maxSockets', 'memLevel', 'message', 'method',
  'microtaskMode', 'mode', 'name', 'namedCurve', 'next', 'noDelay', 'nullable', 'objectMode', 'offset', 'onread',
  'once', 'open', 'options', 'origin', 'output', 'outputLength', 'padding', 'paddingStrategy', 'params', 'parent',
  'passive', 'passphrase', 'path', 'pathname', 'paused', 'pipe', 'port', 'position', 'preload', 'preview',
  'privateEncoding', 'privateKey', 'produceCachedData', 'promise', 'prompt', 'protocol', 'public', 'publicExponent',
  'publicKey', 'publicKeyEncoding', 'pull', 'query', 'queueSize', 'raw', 'read', 'readable', 'readableHighWaterMark',
  'readableObjectMode', 'recursive', 'reuseAddr', 'salt', 'saltLength', 'search', 'secureContext', 'secureProtocol',
  'servername', 'session', 'settings', 'showHidden', 'showProxy', 'signal', 'size', 'sorted', 'start', 'status',
  'statusText', 'stdout', 'strategy', 'stream', 'strict', 'tagLength', 'terminal', 'ticketKeys', 'timeout', 'tries',
  'transfer', 'transform', 'type', 'uid', 'uri', 'url', 'useBigInts', 'usages', 'value', 'varargs', 'version', 'view',
  'waitForTrailers', 'weight', 'windowBits', 'withFileTypes', 'writable', 'write', 'writev', 'zstream', 'iterations',
  'modulusLength', 'cost', 'chunkSize', 'autoAllocateChunkSize', 'dhparam', 'pfx', 'authTag', 'body', 'cancel',
  'captureRejections', 'bufferSize', 'exclude', 'close', 'onConflict', 'filter', 'inverse', 'requestCert', 'ignoreCase',
  'breakOnSigint', 'parsingContext', 'concurrency', 'ref', 'statusCode', 'plaintextLength', 'link', 'subject', 'reason',
  'end', 'isServer', 'ticket', 'result', 'step', 'returnArrays', 'readBigInts', 'defaultValue',
  'allowBareNamedParameters',
];

/** As JSON; without what separates arguments, options and elements. */
function stringName(text) {
  return JSON.stringify(text).replace(/[^\x21-\x7e]|[,={}[\]]/g,
                                      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const makers = new Map([
  ...Object.entries(OBJECTS),
  ...Object.entries(NUMBERS).map(([name, number]) => [name, () => number]),
  ...STRINGS.map((text) => [stringName(text), () => text]),
]);

module.exports = { MISSING, names: [...makers.keys()], makers, options: OPTIONS };
