// Instances as programs make them, for fuzz/api_calls: most classes take no odd arguments, and many have no constructor at
// all. Each is what the operation `make.<name>` gives; it may get options. A class names those that are made for it when a
// method of it is called and no call has given one.
'use strict';

const async_hooks = require('async_hooks');
const { Buffer } = require('buffer');
const { Console } = require('console');
const crypto = require('crypto');
const dgram = require('dgram');
const diagnostics_channel = require('diagnostics_channel');
const dns = require('dns');
const fs = require('fs');
const http = require('http');
const http2 = require('http2');
const https = require('https');
const { createRequire, SourceMap } = require('module');
const net = require('net');
const os = require('os');
const path = require('path');
const perf_hooks = require('perf_hooks');
const readline = require('readline');
const sqlite = require('sqlite');
const { PassThrough, Writable, duplexPair } = require('stream');
const web = require('stream/web');
const { setImmediate, setInterval, setTimeout } = require('timers');
const tls = require('tls');
const url = require('url');
const util = require('util');
const v8 = require('v8');
const vm = require('vm');
const wasi = require('wasi');
const { BroadcastChannel, MessageChannel, locks } = require('worker_threads');
const zlib = require('zlib');

const values = require('fuzz/api_calls/values');

const KEY = values.makers.get('private-key')();
const CERTIFICATE = values.makers.get('certificate')();
const BYTES = Buffer.alloc(16);

/** One end of a connection in memory; the other one is kept as well. */
function connection(input) {
  const [near, far] = duplexPair();
  input.keep(far);
  return near;
}

let folder;

/** A file that has no name any more. */
async function openFile() {
  const parent = process.env.TEST_TMPDIR ?? (fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir());
  folder ??= fs.mkdtempSync(path.join(parent, 'gyre-fuzz-'));
  const file = path.join(folder, 'file');
  const handle = await fs.promises.open(file, 'w+');
  fs.rmSync(file, { force: true });
  return handle;
}

/** Both ends of an exchange over HTTP/1: the server gets the request when the loop has turned. */
function exchange(input, options) {
  const [near, far] = duplexPair();
  const server = http.createServer(options, (request, response) => {
    input.keep(request);
    input.keep(response);
  });
  server.on('clientError', () => {});
  server.emit('connection', far);
  input.keep(server);
  return http.request({ createConnection: () => near, method: 'POST', headers: { Host: 'a' } });
}

function http2Sessions(input, options) {
  const [near, far] = duplexPair();
  const server = http2.createServer(options);
  server.on('stream', (stream) => input.keep(stream));
  server.on('session', (session) => input.keep(session));
  server.on('request', (request, response) => {
    input.keep(request);
    input.keep(response);
  });
  for (const event of ['error', 'sessionError']) server.on(event, () => {});
  server.emit('connection', far);
  input.keep(server);
  return http2.connect('http://localhost', { ...options, createConnection: () => near });
}

function tlsSocket(input, options) {
  const context = tls.createSecureContext({ key: KEY, cert: CERTIFICATE });
  const [near, far] = duplexPair();
  const server = new tls.TLSSocket(far, { isServer: true, secureContext: context });
  server.on('error', () => {});
  input.keep(server);
  return tls.connect({ rejectUnauthorized: false, ...options, socket: near });
}

function statement(input) {
  const database = instances.database(input);
  input.keep(database);
  database.exec('create table t(a); insert into t values (1), (zeroblob(9)), (9007199254740993)');
  return database.prepare('select a, ? from t');
}

function readableWithController(input, type) {
  return new web.ReadableStream({
    type,
    start(controller) { input.keep(controller); },
    pull(controller) { if (controller.byobRequest) input.keep(controller.byobRequest); },
  });
}

function byobReader(input) {
  const stream = readableWithController(input, 'bytes');
  input.keep(stream);
  const reader = stream.getReader({ mode: 'byob' });
  reader.read(new Uint8Array(8)).catch(() => {});
  return reader;
}

const instances = {
  abortController: () => new (globalThis.AbortController)(),
  agent: () => new http.Agent(),
  asyncHook: () => async_hooks.createHook({ init() {} }).enable(),
  asyncLocalStorage: () => new async_hooks.AsyncLocalStorage(),
  asyncResource: () => new async_hooks.AsyncResource('fuzz'),
  blob: () => new (globalThis.Blob)(['abc', BYTES]),
  blockList: () => new net.BlockList(),
  broadcastChannel: () => new BroadcastChannel('fuzz'),
  brotli: () => zlib.createBrotliCompress(),
  buffer: () => Buffer.from('abcdefghijklmnop'),
  byobReader,
  certificate: () => new crypto.X509Certificate(CERTIFICATE),
  channel: () => diagnostics_channel.channel(Symbol('fuzz')),
  cipher: () => crypto.createCipheriv('aes-128-gcm', BYTES, BYTES),
  clientRequest: exchange,
  console: () => new Console({ stdout: new PassThrough().resume() }),
  context: () => vm.createContext(),
  cryptoKey: () => crypto.createSecretKey(BYTES).toCryptoKey({ name: 'AES-GCM' }, true, ['encrypt', 'decrypt']),
  cryptoKeyOfEllipticCurve: () =>
    crypto.createPrivateKey(KEY).toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']),
  database: (input, options = {}) => new sqlite.DatabaseSync(':memory:', options),
  decipher: () => crypto.createDecipheriv('aes-128-cbc', BYTES, BYTES),
  deserializer: () => new v8.Deserializer(v8.serialize({ a: [1, 'b', new Map([[1n, new Date(0)]])] })),
  diffieHellman: () => crypto.createDiffieHellman(Buffer.from('00ffffffffffffffc5', 'hex')),
  diffieHellmanGroup: () => crypto.getDiffieHellman('modp1'),
  directory: () => fs.opendirSync('/proc/self/fdinfo'),
  ecdh: () => crypto.createECDH('prime256v1'),
  fileHandle: openFile,
  hash: () => crypto.createHash('sha256'),
  hmac: () => crypto.createHmac('sha256', 'key'),
  histogram: () => perf_hooks.createHistogram(),
  http2Session: http2Sessions,
  http2Stream: (input, options) => {
    const session = http2Sessions(input, options);
    input.keep(session);
    return session.request({ ':method': 'POST' });
  },
  httpsAgent: () => new https.Agent(),
  immediate: () => setImmediate(() => {}),
  incomingMessage: (input) => new http.IncomingMessage(connection(input)),
  interface: () => readline.createInterface({ input: new PassThrough(), output: new PassThrough() }),
  interval: () => setInterval(() => {}, 1),
  keyObject: () => crypto.createPrivateKey(KEY),
  locks: () => locks,
  loopDelay: () => perf_hooks.monitorEventLoopDelay(),
  messagePort: (input) => {
    const { port1, port2 } = new MessageChannel();
    input.keep(port2);
    return port1;
  },
  mimeType: () => new util.MIMEType('a/b;c=d'),
  observer: (input) => {
    const observer = new perf_hooks.PerformanceObserver((list) => input.keep(list));
    observer.observe({ entryTypes: ['mark', 'measure', 'function'] });
    return observer;
  },
  outgoingMessage: () => new http.OutgoingMessage(),
  performance: () => perf_hooks.performance,
  publicKey: () => crypto.createPublicKey(KEY),
  readStream: () => fs.createReadStream(values.MISSING),
  readableStream: (input) => readableWithController(input),
  readline: () => new (require('readline/promises').Readline)(new PassThrough()),
  request: () => new (globalThis.Request)('http://127.0.0.1:1/', { method: 'POST', body: 'abc' }),
  require: () => createRequire(values.MISSING),
  resolver: () => new dns.Resolver(),
  response: () => new (globalThis.Response)('abc'),
  script: () => new vm.Script('1'),
  secretKey: () => crypto.createSecretKey(BYTES),
  secureContext: () => tls.createSecureContext({ key: KEY, cert: CERTIFICATE }),
  serializer: () => {
    const serializer = new v8.Serializer();
    serializer.writeHeader();
    return serializer;
  },
  server: (input, options) => http.createServer(options),
  serverResponse: (input) => {
    const request = new http.IncomingMessage(connection(input));
    input.keep(request);
    return new http.ServerResponse(request);
  },
  session: (input) => {
    const database = instances.database(input);
    input.keep(database);
    database.exec('create table t(a primary key)');
    const session = database.createSession();
    database.exec('insert into t values (1)');
    return session;
  },
  sign: () => crypto.createSign('sha256'),
  socket: () => net.connect(1, '127.0.0.1'),
  socketAddress: () => new net.SocketAddress(),
  sourceMap: () => new SourceMap({ version: 3, sources: ['a'], names: [], mappings: 'AAAA;AACA' }),
  statement,
  stats: () => fs.statSync('/'),
  subtle: () => crypto.webcrypto.subtle,
  tagStore: (input) => instances.database(input).createTagStore?.(),
  timeout: () => setTimeout(() => {}, 1),
  tlsServer: () => tls.createServer({ key: KEY, cert: CERTIFICATE }),
  tlsSocket,
  tracingChannel: () => diagnostics_channel.tracingChannel('fuzz'),
  transform: (input) => new web.TransformStream({ start(controller) { input.keep(controller); } }),
  udpSocket: () => dgram.createSocket('udp4'),
  unzip: () => zlib.createUnzip(),
  urlPattern: () => new url.URLPattern({ pathname: '/:a' }),
  verify: () => crypto.createVerify('sha256'),
  wasi: () => new wasi.WASI({ version: 'preview1' }),
  webcrypto: () => crypto.webcrypto,
  webSocket: () => new (globalThis.WebSocket)('ws://127.0.0.1:1/'),
  writable: () => new Writable({ highWaterMark: 2, write(chunk, encoding, callback) { setImmediate(callback); } }),
  writableStream: (input) => new web.WritableStream({ start(controller) { input.keep(controller); } }),
  writer: () => new web.WritableStream().getWriter(),
  zip: () => zlib.createGzip(),
  zstd: () => zlib.createZstdCompress?.(),
};

// Which are made for a class that is not made without arguments.
const byClass = {
  AbortSignal: 'abortController', AsyncResource: 'asyncResource', Buffer: 'buffer',
  BroadcastChannel: 'broadcastChannel', Channel: 'channel', Cipheriv: 'cipher', ClientRequest: 'clientRequest',
  Console: 'console', Crypto: 'webcrypto', CryptoKey: 'cryptoKey', DatabaseSync: 'database', Decipheriv: 'decipher',
  Deserializer: 'deserializer', DiffieHellman: 'diffieHellman', DiffieHellmanGroup: 'diffieHellmanGroup',
  Dir: 'directory', ECDH: 'ecdh', Hash: 'hash', Hmac: 'hmac', Http2ServerRequest: 'http2Stream',
  Http2ServerResponse: 'http2Stream', IncomingMessage: 'incomingMessage', Interface: 'interface',
  KeyObject: 'keyObject', MIMEType: 'mimeType', MessagePort: 'messagePort', Performance: 'performance',
  PerformanceObserver: 'observer', PerformanceObserverEntryList: 'observer', ReadStream: 'readStream',
  Readline: 'readline', ReadableByteStreamController: 'byobReader', ReadableStream: 'readableStream',
  ReadableStreamBYOBReader: 'byobReader', ReadableStreamBYOBRequest: 'byobReader',
  ReadableStreamDefaultController: 'readableStream', Request: 'request', Script: 'script',
  SecureContext: 'secureContext', Serializer: 'serializer', Server: 'server', ServerResponse: 'serverResponse',
  Session: 'session', Sign: 'sign', Socket: 'socket', SourceMap: 'sourceMap', StatementSync: 'statement',
  Stats: 'stats', SubtleCrypto: 'subtle', TLSSocket: 'tlsSocket', TransformStreamDefaultController: 'transform',
  URLPattern: 'urlPattern', Verify: 'verify', WASI: 'wasi', WebSocket: 'webSocket', Writable: 'writable',
  WritableStreamDefaultController: 'writableStream', WritableStreamDefaultWriter: 'writer',
  X509Certificate: 'certificate',
};

module.exports = { byClass: new Map(Object.entries(byClass)), instances: new Map(Object.entries(instances)) };
