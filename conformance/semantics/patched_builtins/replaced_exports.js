'use strict';
// Mocks, tracers and patches put functions of their own where those of the built-ins were. Some built-ins load late.
const replaced = {
  crypto: ['createSign', 'createCipheriv', 'generateKeyPair', 'X509Certificate', 'diffieHellman'],
  fs: ['Dir', 'watch', 'createReadStream', 'readFileSync'],
  https: ['globalAgent', 'request'],
  net: ['BoundSocket', 'connect'],
  perf_hooks: ['createHistogram', 'monitorEventLoopDelay'],
  readline: ['promises', 'createInterface'],
  url: ['URLPattern'],
  util: ['TextDecoder', 'MIMEType'],
  v8: ['promiseHooks'],
  worker_threads: ['Worker', 'postMessageToThread', 'locks'],
};
for (const [name, keys] of Object.entries(replaced)) {
  const exports = require(name);
  for (const key of keys) {
    const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(exports, key);
    const mock = () => 'mock';
    exports[key] = mock;
    console.log(name, key, typeof value, writable, enumerable, configurable, exports[key] === mock);
    exports[key] = value;
    console.log(exports[key] === value);
  }
}
